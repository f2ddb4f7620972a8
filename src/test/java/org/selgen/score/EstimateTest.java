package org.selgen.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;
import org.selgen.data.Interval;

/** What seeds add. */
class EstimateTest {
    /** A seed for each number of hits among 100 questions. */
    private static Estimate seeds(int... hits) {
        List<List<LabelMean>> runs = new ArrayList<>();
        for (int k : hits) {
            Map<String, Cluster> groups = new TreeMap<>();
            for (int q = 0; q < 100; q++) {
                groups.put("q" + q, new Cluster(q < k ? 1 : 0, 1));
            }
            runs.add(List.of(LabelMean.of(groups).orElseThrow()));
        }
        return new Estimate(runs, Scale.SHARE);
    }

    @Test
    void oneSeedSaysNothingOfOthers() {
        assertThat(seeds(40).overSeeds()).isEmpty();
        assertThat(seeds(40).overQuestions()).isPresent();
    }

    @Test
    void seedsThatAgreeInAllAddNothing() {
        Interval one = seeds(40).overQuestions().orElseThrow();
        Interval three = seeds(40, 40, 40).overSeeds().orElseThrow();
        assertThat(three.low()).isCloseTo(one.low(), within(1e-9));
        assertThat(three.high()).isCloseTo(one.high(), within(1e-9));
    }

    @Test
    void theIntervalOverSeedsHoldsThatOverQuestions() {
        for (int spread : new int[] {1, 3, 10, 30}) {
            Estimate estimate = seeds(50 - spread, 50, 50 + spread);
            Interval questions = estimate.overQuestions().orElseThrow();
            Interval both = estimate.overSeeds().orElseThrow();
            assertThat(both.low()).isLessThan(questions.low());
            assertThat(both.high()).isGreaterThan(questions.high());
        }
    }

    @Test
    void theVarianceOverSeedsIsTheSquaredStandardError() {
        SeedVariance variance = SeedVariance.of(seeds(30, 50, 70).places()).orElseThrow();
        assertThat(variance.variance()).isCloseTo(0.2 * 0.2 / 3, within(1e-12));
        assertThat(variance.df()).isEqualTo(2);
    }

    /** Of two variances a and b with f and g degrees of freedom: (a + b)² / (a²/f + b²/g). */
    @Test
    void theDegreesOfFreedomAreSatterthwaites() {
        SeedVariance seeds = new SeedVariance(3, 2);
        double upper = 2 * 3 / new ChiSquaredDistribution(2).inverseCumulativeProbability(0.2);
        assertThat(upper).isCloseTo(2 * 3 / (-2 * Math.log(0.8)), within(1e-6));
        assertThat(Satterthwaite.df(5, 59, List.of(seeds)))
                .isCloseTo((5 + upper) * (5 + upper) / (25.0 / 59 + upper * upper / 2), within(1e-6));
        assertThat(Satterthwaite.df(5, 59, List.of())).isCloseTo(59, within(1e-9));
        assertThat(Satterthwaite.df(1e-9, 59, List.of(seeds))).isCloseTo(2, within(1e-6));
    }

    @Test
    void whereSeedsDifferFarMoreThanQuestionsTheIntervalIsThatOfStudent() {
        List<List<LabelMean>> runs = new ArrayList<>();
        for (double place : new double[] {0.48, 0.5, 0.52, 0.51}) {
            Map<String, Cluster> groups = new TreeMap<>();
            for (int q = 0; q < 20_000; q++) {
                groups.put("q" + q, new Cluster(100 * place, 100));
            }
            runs.add(List.of(LabelMean.of(groups).orElseThrow()));
        }
        Interval interval = new Estimate(runs, Scale.SHARE).overSeeds().orElseThrow();
        double sem = Math.sqrt((0.0225 * 0.0225 + 0.0025 * 0.0025 + 0.0175 * 0.0175 + 0.0075 * 0.0075) / 3 / 4);
        assertThat(interval.width() / 2).isCloseTo(3.182 * sem, within(3e-4)); // t of 3 degrees of freedom
    }
}
