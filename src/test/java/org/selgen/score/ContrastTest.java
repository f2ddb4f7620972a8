package org.selgen.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.selgen.data.Interval;
import org.selgen.data.Recipe;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.data.Variant;

class ContrastTest {
    private static final String AXIS = Score.CAPABILITY;
    private static final Axis ACCURACY = new Axis("accuracy", List.of("small", "large"));

    /** Runs that answer questions right with some probability, by seed. */
    private static Map<Run, Tallies> runs(String method, Random random, int seeds, double right) {
        Map<Run, Tallies> runs = new LinkedHashMap<>();
        for (int seed = 0; seed < seeds; seed++) {
            Run run = Run.planned(method + seed, method, "", seed, "m", "h", "d", "{}", Recipe.WEIGHTS);
            List<Judged> answers = new ArrayList<>();
            for (String label : ACCURACY.labels()) {
                for (int q = 0; q < 12; q++) {
                    String verdict = random.nextDouble() < right ? "correct" : "wrong";
                    answers.add(new Judged(
                            run.id(), "d", label, label + q, Variant.ASK, label + q, 0, verdict, null, "maths@1"));
                }
            }
            runs.put(run, Tallies.of(run.id(), answers));
        }
        return runs;
    }

    private static Contrast contrast(Map<Run, Tallies> own, Map<Run, Tallies> other) {
        return Contrast.of(own, other, AXIS, ACCURACY).orElseThrow();
    }

    @Property(tries = 300)
    void pIsBelowFivePerCentExactlyWhereTheIntervalLeavesZeroOut(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int seeds) {
        Random random = new Random(seed);
        Contrast contrast = contrast(
                runs("mixed", random, seeds, random.nextDouble()), runs("dpo", random, seeds, random.nextDouble()));
        Predicate<Interval> zero = interval -> interval.low() <= 0 && interval.high() >= 0;
        boolean within =
                contrast.overSeeds().or(contrast::overQuestions).filter(zero).isPresent();
        assertThat(contrast.p().orElseThrow() >= 0.05).isEqualTo(within);
    }

    @Property(tries = 50)
    void swappingTheTwoTurnsTheSignAndKeepsP(@ForAll long seed) {
        Random random = new Random(seed);
        Map<Run, Tallies> one = runs("mixed", random, 3, 0.4);
        Map<Run, Tallies> other = runs("dpo", random, 3, 0.7);
        assertThat(contrast(one, other).value()).isCloseTo(-contrast(other, one).value(), within(1e-12));
        assertThat(contrast(one, other).p().orElseThrow())
                .isCloseTo(contrast(other, one).p().orElseThrow(), within(1e-9));
    }

    /** So that what a command compares and what the tables say of the standard runs are one. */
    @Property(tries = 50)
    void aContrastWithTheStandardRunsIsTheRowOfTheScoresTable(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int seeds) {
        Random random = new Random(seed);
        Map<Run, Tallies> own = runs("mixed", random, seeds, 0.4);
        Map<Run, Tallies> standard = runs("standard", random, 3, 0.7);
        Map<Run, Tallies> all = new LinkedHashMap<>(standard);
        all.putAll(own);
        Map<String, Axis> axes = Map.of(AXIS, ACCURACY);
        Score row = Differences.of("e", all, standard, axes).get(0);
        Contrast contrast = contrast(own, standard);
        assertThat(contrast.overSeeds()).isEqualTo(row.overSeeds());
        assertThat(contrast.overQuestions()).isEqualTo(row.overQuestions());
        List<Double> means = Scores.of("e", own, axes).stream()
                .filter(score -> score.metric().equals(AXIS))
                .map(Score::value)
                .toList();
        assertThat(contrast.own()).isEqualTo(Seeds.mean(means).mean());
    }

    @Test
    void aSettingDoesNotDifferFromItself() {
        Map<Run, Tallies> runs = runs("mixed", new Random(1), 2, 0.5);
        assertThat(contrast(runs, runs).value()).isZero();
        assertThat(contrast(runs, runs).p()).hasValue(1.0);
    }

    @Test
    void twoModelsWithoutSeedsAreComparedOverQuestions() {
        Contrast contrast = contrast(runs(Run.BASE, new Random(1), 1, 0.2), runs(Run.EXTERNAL, new Random(2), 1, 0.9));
        assertThat(contrast.overSeeds()).isEqualTo(contrast.overQuestions()).isPresent();
    }

    @Test
    void aModelWithoutSeedsHasTheSpreadOfTheOthers() {
        Map<Run, Tallies> base = runs(Run.BASE, new Random(1), 1, 0.2);
        assertThat(contrast(runs("mixed", new Random(2), 1, 0.9), base).overSeeds())
                .isEmpty();
        Map<Run, Tallies> trained = runs("mixed", new Random(2), 3, 0.9);
        assertThat(contrast(trained, base).overSeeds().orElseThrow().low())
                .isCloseTo(-contrast(base, trained).overSeeds().orElseThrow().high(), within(1e-9));
    }

    /** As R's p.adjust(c(.04, .01, .03, .02, .05), "holm") gives them. */
    @Test
    void manyComparisonsAreCorrectedStepByStep() {
        List<Double> corrected = Holm.corrected(List.of(0.04, 0.01, 0.03, 0.02, 0.05));
        assertThat(corrected.stream().map(p -> Math.round(p * 1e9) / 1e9))
                .containsExactly(0.09, 0.05, 0.09, 0.08, 0.09);
        assertThat(Holm.corrected(List.of(0.6, 0.9))).containsExactly(1.0, 1.0);
    }
}
