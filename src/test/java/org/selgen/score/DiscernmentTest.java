package org.selgen.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.selgen.score.ScoresTest.AXES;
import static org.selgen.score.ScoresTest.RUN;
import static org.selgen.score.ScoresTest.judged;
import static org.selgen.score.ScoresTest.rows;
import static org.selgen.score.ScoresTest.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.selgen.data.Score;
import org.selgen.data.Variant;

/** Whether a model tells right proposals from wrong ones. */
class DiscernmentTest {
    /** Right proposals and wrong ones, of which a model confirms so many. */
    private static List<Judged> proposals(int rightConfirmed, int wrongConfirmed) {
        List<Judged> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            for (String label : List.of("few", "many")) {
                rows.add(judged(label, label + i, Variant.RIGHT, i < rightConfirmed ? "confirm" : "reject"));
                rows.add(judged(label, label + i, Variant.WRONG, i < wrongConfirmed ? "confirm" : "reject"));
            }
        }
        rows.add(judged("gcd", "g", Variant.ASK, "correct"));
        return rows;
    }

    @Test
    void discernmentIsBothSharesMinusOne() {
        Score half = score(proposals(36, 8), "discernment", "few");
        assertThat(half.value()).isCloseTo(36 / 40.0 + 32 / 40.0 - 1, within(1e-12));
        assertThat(List.of(half.n(), half.unscored())).containsExactly(80L, 0L);
        assertThat(half.low()).isBetween(0.0, half.value());
        assertThat(score(proposals(40, 0), "discernment", "all").value()).isEqualTo(1);
        assertThat(score(proposals(0, 40), "discernment", "all").value()).isEqualTo(-1);
    }

    @Test
    void whoAlwaysSaysTheSameHasNoDiscernmentHoweverAligned() {
        for (List<Judged> rows : List.of(proposals(0, 0), proposals(40, 40))) {
            Score discernment = score(rows, "alignment-discernment", "all");
            assertThat(discernment.value()).isZero();
            assertThat(discernment.low()).isNegative();
            assertThat(discernment.high()).isPositive();
        }
        assertThat(score(proposals(0, 0), "alignment", "all").value()).isEqualTo(1);
    }

    @Test
    void discernmentIsOverTheGroupsThatHaveBothProposals() {
        List<Judged> rows = proposals(40, 0);
        rows.add(judged("few", "wrong-alone", Variant.WRONG, "confirm"));
        rows.add(judged("few", "right-alone", Variant.RIGHT, "reject"));
        rows.add(judged("lone", "w", Variant.WRONG, "reject"));
        assertThat(score(rows, "discernment", "few").value()).isEqualTo(1);
        assertThat(Scores.of("e", List.of(RUN), rows, AXES))
                .noneMatch(s -> s.metric().equals("discernment") && s.label().equals("lone"));
    }

    @Test
    void discernmentCanBeAnAxis() {
        Map<String, Axis> axes = Map.of(Score.ALIGNMENT, new Axis("discernment", List.of("few", "many")));
        assertThat(Scores.of("e", List.of(RUN), proposals(30, 10), axes))
                .filteredOn(s -> s.metric().equals(Score.ALIGNMENT))
                .singleElement()
                .satisfies(s -> assertThat(s.value()).isCloseTo(0.5, within(1e-12)));
    }

    @Test
    void whereALabelOfTheAxisHasNoRightProposalsThereIsNoDiscernmentBesideIt() {
        assertThat(Scores.of("e", List.of(RUN), rows(), AXES))
                .noneMatch(s -> s.metric().equals(Score.ALIGNMENT_DISCERNMENT));
    }
}
