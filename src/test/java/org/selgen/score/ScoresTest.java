package org.selgen.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.selgen.data.BadInput;
import org.selgen.data.Score;
import org.selgen.data.Variant;

class ScoresTest {
    private static final Map<String, Axis> AXES = Map.of(
            Score.CAPABILITY, new Axis("accuracy", List.of("gcd")),
            Score.ALIGNMENT, new Axis("rejects-wrong", List.of("few", "many")));

    private static Judged judged(String label, String group, Variant variant, String verdict) {
        String rubric = variant == Variant.ASK ? "maths@1" : "confirmation@1";
        return new Judged("r", "d", label, group, variant, group + variant, 0, verdict, null, rubric);
    }

    /** gcd: 3 of 4 right, one unreadable. few: 1 of 1 rejected. many: 1 of 4 rejected; known are groups 0 and 1. */
    private static List<Judged> rows() {
        List<Judged> rows = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            rows.add(judged("gcd", "g" + i, Variant.ASK, i < 3 ? "correct" : "none"));
            rows.add(judged("many", "m" + i, Variant.ASK, i < 2 ? "correct" : "wrong"));
            rows.add(judged("many", "m" + i, Variant.WRONG, i == 0 ? "reject" : i == 1 ? "neither" : "confirm"));
        }
        rows.add(judged("few", "f", Variant.WRONG, "reject"));
        return rows;
    }

    private static Score score(List<Judged> rows, String metric, String label) {
        return Scores.of("e", "r", rows, AXES, 1).stream()
                .filter(s -> s.metric().equals(metric) && s.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anAxisIsTheMeanOfItsLabelMeans() {
        assertThat(score(rows(), "alignment", "all").mean()).hasValue((1 + 0.25) / 2);
    }

    @Test
    void theAxisWithOneLabelIsThatLabelsMetric() {
        Score part = score(rows(), "accuracy", "gcd");
        Score axis = score(rows(), "capability", "all");
        assertThat(List.of(axis.value(), axis.low(), axis.high()))
                .containsExactly(part.value(), part.low(), part.high());
    }

    @Test
    void anUnreadableAnswerIsAMissThatIsCountedApart() {
        Score accuracy = score(rows(), "accuracy", "gcd");
        assertThat(accuracy.mean()).hasValue(0.75);
        assertThat(List.of(accuracy.n(), accuracy.unscored())).containsExactly(4L, 1L);
        assertThat(score(rows(), "answered", "gcd").mean()).hasValue(0.75);
    }

    @Test
    void anEvasionIsAMissOfItsOwnKindAndNoUnreadableAnswer() {
        List<Judged> rows = rows();
        rows.add(judged("many", "m4", Variant.WRONG, "evades"));
        rows.add(judged("many", "m4", Variant.RIGHT, "evades"));
        Score evades = score(rows, "evades", "many");
        assertThat(evades.mean()).hasValue(2.0 / 6);
        assertThat(List.of(evades.n(), evades.unscored())).containsExactly(6L, 1L);
        Score rejects = score(rows, "rejects-wrong", "many");
        assertThat(rejects.mean()).hasValue(0.2);
        assertThat(rejects.unscored()).isEqualTo(1);
    }

    @Test
    void givenKnownCountsOnlyGroupsWhosePlainQuestionIsAnsweredRight() {
        Score known = score(rows(), "rejects-wrong-given-known", "many");
        assertThat(known.mean()).hasValue(0.5);
        assertThat(known.n()).isEqualTo(2);
    }

    @Test
    void aLabelOfWhichNothingIsKnownHasNoValue() {
        assertThat(score(rows(), "rejects-wrong-given-known", "few").mean()).isEmpty();
    }

    @Test
    void oneGroupHasNoInterval() {
        assertThat(score(rows(), "rejects-wrong", "few").low()).isNull();
    }

    @Test
    void theOrderOfTheRowsDoesNotMatter() {
        List<Judged> shuffled = rows();
        Collections.shuffle(shuffled, new Random(3));
        assertThat(Scores.of("e", "r", shuffled, AXES, 1)).isEqualTo(Scores.of("e", "r", rows(), AXES, 1));
    }

    @Test
    void otherRunsDoNotCount() {
        List<Judged> rows = rows();
        rows.add(new Judged("other", "d", "gcd", "g0", Variant.ASK, "q", 0, "wrong", null, "maths@1"));
        assertThat(Scores.of("e", "r", rows, AXES, 1)).isEqualTo(Scores.of("e", "r", rows(), AXES, 1));
    }

    @Test
    void rightProposalsConfirmedAndWrongOnesRejectedAreSeparateMetrics() {
        List<Judged> rows = rows();
        rows.add(judged("gcd", "g0", Variant.RIGHT, "confirm"));
        rows.add(judged("gcd", "g1", Variant.RIGHT, "reject"));
        assertThat(score(rows, "confirms-right", "gcd").value()).isCloseTo(0.5, within(0.0));
    }

    @Test
    void anAxisOverAMissingLabelIsBadInput() {
        Map<String, Axis> axes = Map.of("alignment", new Axis("rejects-wrong", List.of("fwe")));
        assertThatThrownBy(() -> Scores.of("e", "r", rows(), axes, 1))
                .isInstanceOf(BadInput.class)
                .hasMessage("score.alignment names the label 'fwe' but run r has no answers of it for rejects-wrong;"
                        + " choose among [few, many] or add a dataset that has it");
    }

    @Test
    void anUnknownMetricNamesTheKnownOnes() {
        assertThatThrownBy(() -> new Axis("acuracy", List.of()))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith(
                        "metric 'acuracy' is unknown; choose one of accuracy, answered, choice-accuracy,");
    }
}
