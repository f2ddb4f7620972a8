package org.selgen.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.selgen.data.Recipe;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.data.Variant;

class FrontBootstrapTest {
    private static final Map.Entry<String, Axis> RIGHT =
            Map.entry(Score.ALIGNMENT, new Axis("rejects-wrong", List.of("l")));
    private static final Map.Entry<String, Axis> UP = Map.entry(Score.CAPABILITY, new Axis("accuracy", List.of("l")));

    /** A setting of which each seed rejects and answers right so many of 40 groups. */
    private static Map<Run, Tallies> setting(String method, int[] rejected, int[] right) {
        Map<Run, Tallies> runs = new LinkedHashMap<>();
        for (int seed = 0; seed < rejected.length; seed++) {
            Run run = Run.planned(method + seed, method, "", seed, "m", "h", "d", "{}", Recipe.WEIGHTS);
            List<Judged> judged = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                judged.add(row(run, i, Variant.WRONG, "confirmation@1", i < rejected[seed] ? "reject" : "confirm"));
                judged.add(row(run, i, Variant.ASK, "maths@1", i < right[seed] ? "correct" : "wrong"));
            }
            runs.put(run, Tallies.of(run.id(), judged));
        }
        return runs;
    }

    private static Judged row(Run run, int group, Variant variant, String rubric, String verdict) {
        return new Judged(run.id(), "d", "l", "g" + group, variant, "q" + group, 0, verdict, null, rubric);
    }

    private static FrontBootstrap of(List<Map<Run, Tallies>> settings) {
        return FrontBootstrap.of(settings, RIGHT, UP, 1).orElseThrow();
    }

    @Test
    void whoBeatsTheOtherOnEveryQuestionIsAlwaysOnTheFrontAndTheOtherNever() {
        FrontBootstrap front = of(List.of(
                setting("a", new int[] {40, 40}, new int[] {40, 40}),
                setting("b", new int[] {10, 10}, new int[] {10, 10})));
        assertThat(front.onFront()).containsExactly(1.0, 0.0);
        assertThat(front.hypervolume().low()).isCloseTo(1, within(1e-9));
    }

    @Test
    void equalSettingsAreBothOnIt() {
        assertThat(of(List.of(setting("a", new int[] {20}, new int[] {30}), setting("b", new int[] {20}, new int[] {30
                        })))
                        .onFront())
                .containsExactly(1.0, 1.0);
    }

    @Test
    void whoseSeedsDifferMoreIsLessSure() {
        Map<Run, Tallies> other = setting("b", new int[] {20, 20}, new int[] {20, 20});
        double sure = of(List.of(setting("a", new int[] {26, 26}, new int[] {26, 26}), other))
                .onFront()
                .get(1);
        double unsure = of(List.of(setting("a", new int[] {12, 40}, new int[] {12, 40}), other))
                .onFront()
                .get(1);
        assertThat(sure).isZero(); // the same questions, and more of them
        assertThat(unsure).isBetween(0.1, 0.5);
    }

    @Test
    void aSeedGivesTheSameDrawsAndTheIntervalHoldsTheAreaOfTheMeans() {
        List<Map<Run, Tallies>> settings = List.of(setting("a", new int[] {20, 24}, new int[] {30, 28}));
        FrontBootstrap front = of(settings);
        assertThat(of(settings)).isEqualTo(front);
        assertThat(front.hypervolume().contains(22.0 / 40 * 29 / 40)).isTrue();
    }

    @Test
    void withoutAFigureThereIsNone() {
        assertThat(FrontBootstrap.of(List.of(), RIGHT, UP, 1)).isEmpty();
    }
}
