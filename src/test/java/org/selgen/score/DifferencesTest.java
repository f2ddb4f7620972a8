package org.selgen.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.selgen.data.Recipe;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.data.Status;
import org.selgen.data.Variant;

class DifferencesTest {
    private static final Map<String, Axis> AXES =
            Map.of(Score.CAPABILITY, new Axis("accuracy", List.of("small", "large")));

    private final List<Run> runs = new ArrayList<>();
    private final List<Judged> judged = new ArrayList<>();

    /** A run that answers the first of eight small questions right, and the first of four large ones. */
    private Run run(String method, String knobs, long seed, int small, int large) {
        String id = method + knobs + seed;
        Run run = Run.planned(id, method, knobs, seed, "m", "h", "d", "{}", Recipe.WEIGHTS)
                .withOutcome(Status.FINISHED, "", 1, 1, 0)
                .withTime(0, "cpu")
                .withAdapter("");
        runs.add(run);
        answers(id, "small", 8, small);
        answers(id, "large", 4, large);
        return run;
    }

    private void answers(String run, String label, int questions, int right) {
        for (int q = 0; q < questions; q++) {
            String verdict = q < right ? "correct" : "wrong";
            judged.add(new Judged(run, "d", label, label + q, Variant.ASK, label + q, 0, verdict, null, "maths@1"));
        }
    }

    private List<Score> scores() {
        return Differences.of("e", runs, judged, AXES);
    }

    private Score of(Run run) {
        return scores().stream()
                .filter(score -> score.run().equals(run.id()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void eachLabelWeighsTheSame() {
        run("standard", "", 1, 4, 2);
        Score score = of(run("mixed", "", 1, 6, 4));
        assertThat(score.metric()).isEqualTo("capability-minus-standard");
        assertThat(score.mean().orElseThrow()).isCloseTo((0.25 + 0.5) / 2, within(1e-12));
        assertThat(List.of(score.n(), score.unscored())).containsExactly(12L, 0L);
        assertThat(score.low()).isLessThan(0.375);
        assertThat(score.high()).isGreaterThan(0.375);
    }

    @Test
    void equalAnswersDifferByNothingButNotWithCertainty() {
        run("standard", "", 1, 4, 2);
        Score score = of(run("mixed", "", 1, 4, 2));
        assertThat(score.value()).isZero();
        assertThat(score.low()).isNegative().isCloseTo(-score.high(), within(1e-9));
    }

    @Test
    void swappingTheTwoTurnsTheSign() {
        run("standard", "", 1, 4, 2);
        Score there = of(run("mixed", "", 1, 6, 4));
        runs.clear();
        judged.clear();
        run("standard", "", 1, 6, 4);
        Score back = of(run("mixed", "", 1, 4, 2));
        assertThat(back.value()).isCloseTo(-there.value(), within(1e-12));
        assertThat(back.low()).isCloseTo(-there.high(), within(1e-9));
    }

    @Test
    void questionsOfOneAloneAreLeftOutAndCounted() {
        run("standard", "", 1, 4, 2);
        Run mixed = run("mixed", "", 1, 4, 2);
        judged.add(new Judged(mixed.id(), "d", "small", "extra", Variant.ASK, "extra", 0, "correct", null, "maths@1"));
        Score score = of(mixed);
        assertThat(score.value()).isZero();
        assertThat(List.of(score.n(), score.unscored())).containsExactly(12L, 1L);
    }

    /** What makes a seed good for both cancels: the differences are the same in both seeds. */
    @Test
    void seedsAreMatchedWhereEachHasAStandardRun() {
        run("standard", "", 1, 2, 1);
        run("standard", "", 2, 5, 2);
        Run one = run("mixed", "", 1, 4, 2);
        run("mixed", "", 2, 7, 3);
        Score score = of(one);
        assertThat(score.seeds()).isEqualTo(2);
        assertThat(score.overSeeds()).isEqualTo(score.overQuestions()).isPresent();
    }

    @Test
    void seedsThatAreNotMatchedAddTheirSpreadOnBothSides() {
        run("standard", "", 1, 2, 1);
        run("standard", "", 2, 5, 2);
        Run one = run("mixed", "", 1, 4, 2);
        run("mixed", "", 3, 7, 3);
        Score score = of(one);
        assertThat(score.value()).isCloseTo((4 / 8.0 + 2 / 4.0 - 3.5 / 8 - 1.5 / 4) / 2, within(1e-12));
        assertThat(score.overSeeds().orElseThrow().width())
                .isGreaterThan(1.5 * score.overQuestions().orElseThrow().width());
    }

    @Test
    void oneUnmatchedSeedSaysNothingOfOthers() {
        run("standard", "", 1, 2, 1);
        run("standard", "", 2, 5, 2);
        assertThat(of(run("mixed", "", 3, 4, 2)).overSeeds()).isEmpty();
    }

    @Test
    void theBaseHasTheSpreadOfTheStandardRuns() {
        Run base = run("base", "", 0, 8, 4);
        run("standard", "", 1, 2, 1);
        assertThat(of(base).overSeeds()).isEmpty();
        run("standard", "", 2, 6, 2);
        Score score = of(base);
        assertThat(score.overSeeds().orElseThrow().width())
                .isGreaterThan(score.overQuestions().orElseThrow().width());
    }

    @Test
    void aRunIsComparedWithTheStandardRunOfItsSeedAndEpoch() {
        run("standard", "", 1, 8, 4);
        run("standard", "", 2, 0, 0);
        run("standard", "epoch=1", 1, 4, 2);
        assertThat(of(run("mixed", "", 2, 8, 4)).mean()).hasValue(1.0);
        assertThat(of(run("dpo", "beta=0.1,epoch=1", 1, 4, 2)).mean()).hasValue(0.0);
    }

    @Test
    void theBaseIsComparedWithAllSeedsTogether() {
        Run base = run("base", "", 1, 8, 4);
        run("standard", "", 1, 8, 4);
        run("standard", "", 2, 0, 0);
        assertThat(of(base).mean().orElseThrow()).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void withoutAStandardRunThereIsNothingToCompareWith() {
        run("mixed", "", 1, 8, 4);
        assertThat(scores()).isEmpty();
    }

    @Test
    void aStandardRunIsNotComparedWithItself() {
        run("standard", "", 1, 8, 4);
        assertThat(scores()).isEmpty();
    }
}
