package org.selgen.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.selgen.score.ClusterBootstrap.Cluster;
import org.selgen.score.ClusterBootstrap.Interval;

class ClusterBootstrapTest {
    private static final ClusterBootstrap BOOTSTRAP = new ClusterBootstrap(4000, 7);

    /** n groups of one answer, of which k are hits. */
    private static List<Cluster> coins(int n, int k) {
        return IntStream.range(0, n)
                .mapToObj(i -> new Cluster(i < k ? 1 : 0, 1))
                .toList();
    }

    private static Interval interval(List<List<Cluster>> labels) {
        return BOOTSTRAP.interval(labels).orElseThrow();
    }

    @Test
    void theMeanWeighsLabelsEqually() {
        assertThat(ClusterBootstrap.mean(List.of(coins(10, 10), coins(1000, 0))))
                .hasValue(0.5);
    }

    @Test
    void equalAnswersHaveAnIntervalOfWidthZero() {
        assertThat(interval(List.of(coins(20, 20)))).isEqualTo(new Interval(1, 1));
    }

    @Test
    void independentAnswersHaveTheBinomialInterval() {
        double half = 1.96 * Math.sqrt(0.3 * 0.7 / 1000);
        Interval interval = interval(List.of(coins(1000, 300)));
        assertThat(interval.low()).isCloseTo(0.3 - half, within(0.003));
        assertThat(interval.high()).isCloseTo(0.3 + half, within(0.003));
    }

    @Test
    void repeatingEachAnswerDoesNotNarrowTheInterval() {
        List<Cluster> tenfold =
                coins(100, 30).stream().map(c -> new Cluster(10 * c.sum(), 10)).toList();
        assertThat(interval(List.of(tenfold))).isEqualTo(interval(List.of(coins(100, 30))));
    }

    @Test
    void anAxisOverTwoEqualLabelsIsNarrowerBySqrtTwo() {
        Interval one = interval(List.of(coins(400, 200)));
        Interval two = interval(List.of(coins(400, 200), coins(400, 200)));
        assertThat((one.high() - one.low()) / (two.high() - two.low())).isCloseTo(Math.sqrt(2), within(0.1));
    }

    @Test
    void theSameSeedGivesTheSameInterval() {
        assertThat(interval(List.of(coins(50, 20)))).isEqualTo(interval(List.of(coins(50, 20))));
    }

    @Test
    void about95PercentOfIntervalsHoldTheTruth() {
        Random random = new Random(1);
        ClusterBootstrap quick = new ClusterBootstrap(400, 1);
        int held = 0;
        for (int i = 0; i < 300; i++) {
            List<Cluster> sample = new ArrayList<>();
            for (int g = 0; g < 80; g++) {
                sample.add(new Cluster(random.nextDouble() < 0.5 ? 2 : 0, 2));
            }
            Interval interval = quick.interval(List.of(sample)).orElseThrow();
            held += interval.low() <= 0.5 && 0.5 <= interval.high() ? 1 : 0;
        }
        assertThat(held / 300.0).isBetween(0.90, 0.985);
    }

    @Test
    void fewerThanTwoGroupsHaveNoInterval() {
        assertThat(BOOTSTRAP.interval(List.of(coins(1, 1)))).isEmpty();
    }
}
