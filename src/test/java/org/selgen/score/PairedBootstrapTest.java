package org.selgen.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.selgen.score.ClusterBootstrap.Cluster;
import org.selgen.score.ClusterBootstrap.Interval;
import org.selgen.score.PairedBootstrap.Difference;

class PairedBootstrapTest {
    private static final PairedBootstrap BOOTSTRAP = new PairedBootstrap(1000, 0);

    /** Twenty questions of growing difficulty; {@code better} hits more in each. */
    private static Map<String, Cluster> run(int better) {
        Map<String, Cluster> clusters = new HashMap<>();
        for (int q = 0; q < 20; q++) {
            clusters.put("q" + q, new Cluster(q + better, 30));
        }
        return clusters;
    }

    @Test
    void whatMakesAQuestionHardForBothCancels() {
        Difference difference = BOOTSTRAP.difference(run(0), run(3)).orElseThrow();
        assertThat(difference.value()).isCloseTo(0.1, within(1e-12));
        Interval interval = difference.interval().orElseThrow();
        assertThat(interval.low()).isCloseTo(0.1, within(1e-12));
        assertThat(interval.high()).isCloseTo(0.1, within(1e-12));
    }

    @Test
    void swappingTheMethodsTurnsTheSign() {
        Map<String, Cluster> other = run(1);
        other.put("q3", new Cluster(30, 30));
        Difference there = BOOTSTRAP.difference(run(0), other).orElseThrow();
        Difference back = BOOTSTRAP.difference(other, run(0)).orElseThrow();
        assertThat(back.value()).isCloseTo(-there.value(), within(1e-12));
        assertThat(back.interval().orElseThrow().low())
                .isCloseTo(-there.interval().orElseThrow().high(), within(1e-12));
    }

    @Test
    void questionsOfOneMethodAloneAreLeftOutAndCounted() {
        Map<String, Cluster> more = run(0);
        more.put("extra", new Cluster(30, 30));
        Difference difference = BOOTSTRAP.difference(run(0), more).orElseThrow();
        assertThat(difference.value()).isZero();
        assertThat(difference.questions()).isEqualTo(20);
        assertThat(difference.unpaired()).isOne();
    }

    @Test
    void methodsWithoutACommonQuestionHaveNoDifference() {
        assertThat(BOOTSTRAP.difference(run(0), Map.of("other", new Cluster(1, 1))))
                .isEmpty();
    }

    @Test
    void overLabelsItIsTheMeanOfTheirDifferences() {
        Difference both = BOOTSTRAP
                .difference(
                        List.of(run(0), Map.of("a", new Cluster(0, 9))),
                        List.of(run(3), Map.of("a", new Cluster(9, 9))))
                .orElseThrow();
        assertThat(both.value()).isCloseTo((0.1 + 1) / 2, within(1e-12));
        assertThat(both.interval()).isEmpty(); // one question of the second label
        assertThat(both.questions()).isEqualTo(21);
    }
}
