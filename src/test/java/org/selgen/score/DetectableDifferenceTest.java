package org.selgen.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;
import org.selgen.data.Interval;
import org.selgen.data.Question;
import org.selgen.data.Score;
import org.selgen.data.Variant;

class DetectableDifferenceTest {
    /** One of two seeds, with an interval of its own of ±0.2 and one of the mean of both of ±0.15. */
    private static Score row(double value) {
        return new Score("e", "r", "alignment-minus-standard", Score.ALL, value, value - 0.2, value + 0.2, 100, 0)
                .withSetting(2, Optional.empty(), Optional.of(new Interval(0.05, 0.35)));
    }

    @Test
    void withManySeedsAndQuestionsItIsTwoPointEightStandardErrors() {
        DetectableDifference spread = new DetectableDifference(OptionalDouble.of(0.04), 0.0009, 0.002, 1000);
        double questions = (0.0009 + 0.002 / 400) / 4;
        assertThat(spread.over(400, 4000).orElseThrow())
                .isCloseTo((1.95996 + 0.84162) * Math.sqrt((0.04 + 0.002 / 4) / 400 + questions), within(2e-4));
        assertThat(spread.overQuestions(400, 4000)).isCloseTo((1.95996 + 0.84162) * Math.sqrt(questions), within(1e-4));
    }

    @Test
    void theSpreadIsReadFromTheRowsOfASetting() {
        DetectableDifference spread =
                DetectableDifference.of(List.of(row(0.1), row(0.3))).orElseThrow();
        double unit = 0.1 / 1.959964 * 0.1 / 1.959964;
        assertThat(spread.single()).isCloseTo(2 * (4 - 2.25) * unit, within(1e-9)); // b + e = 4, b + e/2 = 2.25
        assertThat(spread.common()).isCloseTo((2.25 - 1.75) * unit, within(1e-9));
        assertThat(spread.seeds().orElseThrow()).isCloseTo(0.02 - 3.5 * unit, within(1e-9));
        assertThat(spread.questions()).isEqualTo(100);
    }

    @Test
    void withOneSeedThenOrNowNothingHoldsForOthers() {
        assertThat(new DetectableDifference(OptionalDouble.empty(), 0.01, 0, 100).over(5, 100))
                .isEmpty();
        assertThat(new DetectableDifference(OptionalDouble.of(0.1), 0.01, 0, 100).over(1, 100))
                .isEmpty();
    }

    /** A pilot of many seeds says the spread; 300 experiments of 5 seeds and 80 questions then have the difference it gives. */
    @Test
    void aboutFourInFiveExperimentsShowADifferenceOfThatSize() {
        RandomGenerator random = new Well19937c(5);
        Estimate pilot = new Estimate(differences(random, 0, 240, 60), Scale.CONTRAST);
        List<Score> rows = pilot.runs().stream()
                .map(run -> row(new Estimate(List.of(run), Scale.CONTRAST), pilot))
                .toList();
        double difference =
                DetectableDifference.of(rows).orElseThrow().over(5, 80).orElseThrow();
        int shown = 0;
        for (int i = 0; i < 300; i++) {
            Interval interval = new Estimate(differences(random, difference, 80, 5), Scale.CONTRAST)
                    .overSeeds()
                    .orElseThrow();
            shown += interval.low() > 0 ? 1 : 0;
        }
        assertThat(shown / 300.0).isBetween(0.68, 0.92);
    }

    private static Score row(Estimate one, Estimate all) {
        Interval own = one.overQuestions().orElseThrow();
        return new Score("e", "r", "m", Score.ALL, one.value(), own.low(), own.high(), 240, 0)
                .withSetting(all.runs().size(), Optional.empty(), all.overQuestions());
    }

    /** A setting that is better by so much, minus standard, for each seed. */
    private static List<List<LabelMean>> differences(RandomGenerator random, double by, int questions, int seeds) {
        List<List<LabelMean>> one = new SimulatedAnswers(0.5 + by / 2, questions, 1, 0.3, 0.2, seeds).draw(random);
        List<List<LabelMean>> other = new SimulatedAnswers(0.5 - by / 2, questions, 1, 0.3, 0.2, seeds).draw(random);
        List<List<LabelMean>> differences = new ArrayList<>();
        for (int s = 0; s < seeds; s++) {
            differences.add(List.of(one.get(s).get(0).minus(other.get(s).get(0))));
        }
        return differences;
    }

    private static Question question(String label, String group, Variant variant) {
        return new Question(group + variant, "d", label, group, variant, List.of(), "", null, "", null);
    }

    @Test
    void theQuestionsOfAnAxisAreTheGroupsThatItsMetricCounts() {
        List<Question> questions = List.of(
                question("kind", "a", Variant.WRONG),
                question("kind", "a", Variant.RIGHT),
                question("kind", "b", Variant.WRONG),
                question("kind", "c", Variant.ASK),
                question("other", "a", Variant.WRONG));
        assertThat(AxisQuestions.of(new Axis("rejects-wrong", List.of("kind")), questions)
                        .count())
                .isEqualTo(2);
        assertThat(AxisQuestions.of(new Axis("rejects-wrong", List.of()), questions)
                        .count())
                .isEqualTo(3);
        assertThat(AxisQuestions.of(new Axis("discernment", List.of("kind")), questions)
                        .count())
                .isEqualTo(3);
    }

    @Test
    void atWorstFormsOfOneQuestionSayNoMoreThanOne() {
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            questions.add(question("plain", "q" + i, Variant.WRONG));
            questions.add(question("json", "q" + i, Variant.WRONG));
        }
        assertThat(AxisQuestions.of(new Axis("rejects-wrong", List.of()), questions)
                        .worstVariance())
                .isCloseTo(2 * 0.25 / 50, within(1e-12));
        questions.replaceAll(q -> question(q.label(), q.label() + q.group(), Variant.WRONG));
        AxisQuestions apart = AxisQuestions.of(new Axis("rejects-wrong", List.of()), questions);
        assertThat(apart.worstVariance()).isCloseTo(2 * 0.25 / 100, within(1e-12));
        assertThat(DetectableDifference.atWorst(apart).overQuestions(1, 100)).isBetween(0.19, 0.21);
    }
}
