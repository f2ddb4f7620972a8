package org.selgen.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.moment.Variance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.data.Interval;

class ClusteredMeanTest {
    /** n groups of one answer, of which k are hits. */
    private static Map<String, Cluster> coins(String name, int n, int k) {
        Map<String, Cluster> groups = new TreeMap<>();
        for (int i = 0; i < n; i++) {
            groups.put(name + i, new Cluster(i < k ? 1 : 0, 1));
        }
        return groups;
    }

    @SafeVarargs
    private static ClusteredMean mean(Map<String, Cluster>... labels) {
        List<LabelMean> parts = new ArrayList<>();
        for (Map<String, Cluster> label : labels) {
            parts.add(LabelMean.of(label).orElseThrow());
        }
        return ClusteredMean.of(List.of(parts), Scale.SHARE).orElseThrow();
    }

    @Test
    void labelsWeighTheSameHoweverManyQuestionsTheyHave() {
        assertThat(mean(coins("a", 10, 10), coins("b", 1000, 0)).value()).isCloseTo(0.5, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 18, 30, 60})
    void withOneAnswerAQuestionItIsWilsonsInterval(int hits) {
        double t = new TDistribution(59).inverseCumulativeProbability(0.975);
        Interval interval = mean(coins("q", 60, hits)).overQuestions();
        assertThat(interval.low())
                .isCloseTo(ScoreInterval.of(hits / 60.0, 60, t).low(), within(1e-9));
        assertThat(interval.high())
                .isCloseTo(ScoreInterval.of(hits / 60.0, 60, t).high(), within(1e-9));
    }

    @Test
    void repeatingEachAnswerDoesNotNarrowTheInterval() {
        Map<String, Cluster> tenfold = coins("q", 100, 30);
        tenfold.replaceAll((group, cluster) -> new Cluster(10 * cluster.sum(), 10));
        assertThat(mean(tenfold).variance()).isCloseTo(mean(coins("q", 100, 30)).variance(), within(1e-12));
    }

    @Test
    void formsOfTheSameQuestionsWithTheSameAnswersSayNoMoreThanOne() {
        Map<String, Cluster> form = coins("q", 80, 50);
        ClusteredMean three = mean(form, form, form);
        assertThat(three.variance()).isCloseTo(mean(form).variance(), within(1e-12));
        assertThat(three.df()).isCloseTo(79, within(1e-9));
    }

    @Test
    void equalLabelsOfDifferentQuestionsNarrowItBySqrtTwo() {
        double one = mean(coins("a", 400, 200)).variance();
        double two = mean(coins("a", 400, 200), coins("b", 400, 200)).variance();
        assertThat(one / two).isCloseTo(2, within(0.02));
    }

    /** Labels of different sizes that share some of their questions, groups of different sizes. */
    @Test
    void theVarianceIsThatOfABootstrapThatDrawsEachQuestionOnceForAllLabels() {
        Random random = new Random(4);
        Map<String, Cluster> plain = new TreeMap<>();
        Map<String, Cluster> json = new TreeMap<>();
        for (int g = 0; g < 120; g++) {
            double ease = random.nextDouble();
            plain.put("q" + g, answers(random, 1 + g % 3, ease));
            if (g < 90) {
                json.put("q" + g, answers(random, 2, ease));
            }
        }
        List<Map<String, Cluster>> labels = List.of(plain, json);
        double[] means = new double[20_000];
        for (int i = 0; i < means.length; i++) {
            double[] sums = new double[4];
            for (int g = 0; g < 120; g++) {
                String drawn = "q" + random.nextInt(120);
                for (int label = 0; label < 2; label++) {
                    Cluster cluster = labels.get(label).getOrDefault(drawn, new Cluster(0, 0));
                    sums[2 * label] += cluster.sum();
                    sums[2 * label + 1] += cluster.count();
                }
            }
            means[i] = (sums[0] / sums[1] + sums[2] / sums[3]) / 2;
        }
        double bootstrap = new Variance().evaluate(means);
        assertThat(mean(plain, json).variance() / bootstrap).isCloseTo(1, within(0.06));
    }

    private static Cluster answers(Random random, int count, double ease) {
        int hits = 0;
        for (int i = 0; i < count; i++) {
            hits += random.nextDouble() < ease ? 1 : 0;
        }
        return new Cluster(hits, count);
    }

    /** Exact, by the binomial law: no sampling. */
    @ParameterizedTest
    @ValueSource(ints = {10, 20, 60, 240})
    void itHoldsTheTruthInAtLeast93PercentOfSamplesWhateverTheShare(int questions) {
        Interval[] intervals = new Interval[questions + 1];
        for (int hits = 0; hits <= questions; hits++) {
            intervals[hits] = mean(coins("q", questions, hits)).overQuestions();
        }
        for (double share = 0.5; share < 1; share += 0.5 / 997) {
            BinomialDistribution law = new BinomialDistribution(null, questions, share);
            double cover = 0;
            for (int hits = 0; hits <= questions; hits++) {
                cover += intervals[hits].contains(share) ? law.probability(hits) : 0;
            }
            assertThat(cover).as("cover at %s", share).isGreaterThan(0.93);
        }
    }

    /** Labels at both ends: the mean is in the middle, and yet one unseen miss in a label moves it. */
    @Test
    void itHoldsTheTruthWhereSomeLabelsAreAllRightAndOthersAllWrong() {
        int questions = 40;
        for (double share = 0.88; share < 1; share += 0.0007) {
            BinomialDistribution law = new BinomialDistribution(null, questions, share);
            double cover = 0;
            for (int hits = 20; hits <= questions; hits++) {
                Interval interval = mean(coins("a", questions, hits), coins("b", questions, 0))
                        .overQuestions();
                cover += interval.contains(share / 2) ? law.probability(hits) : 0;
            }
            assertThat(cover).as("cover at %s", share).isGreaterThan(0.93);
        }
    }

    @Test
    void oneQuestionHasNoInterval() {
        assertThat(ClusteredMean.of(
                        List.of(List.of(LabelMean.of(coins("q", 1, 1)).orElseThrow())), Scale.SHARE))
                .isEmpty();
    }

    private static Interval difference(int questions, int better) {
        LabelMean one = LabelMean.of(coins("q", questions, questions / 2)).orElseThrow();
        LabelMean other =
                LabelMean.of(coins("q", questions, questions / 2 + better)).orElseThrow();
        return Scale.CONTRAST.interval(ClusteredMean.of(List.of(List.of(other.minus(one))), Scale.CONTRAST)
                .orElseThrow()
                .overQuestions());
    }

    @Test
    void equalAnswersToAllQuestionsAreNoProofThatThereIsNoDifference() {
        Interval interval = difference(60, 0);
        assertThat(interval.low()).isCloseTo(-interval.high(), within(1e-9));
        assertThat(interval.high()).isBetween(2.5 / 60, 3.0 / 60);
    }

    /** Exact: one of two is better on this share of the questions, and never worse. */
    @ParameterizedTest
    @ValueSource(ints = {20, 60, 240})
    void aDifferenceHoldsTheTruthInAtLeast93PercentOfSamples(int questions) {
        Interval[] intervals = new Interval[questions / 2 + 1];
        for (int better = 0; better < intervals.length; better++) {
            intervals[better] = difference(questions, better);
        }
        for (double truth = 0; truth < 0.25; truth += 0.0007) {
            BinomialDistribution law = new BinomialDistribution(null, questions, truth);
            double cover = 0;
            for (int better = 0; better < intervals.length; better++) {
                cover += intervals[better].contains(truth) ? law.probability(better) : 0;
            }
            assertThat(cover).as("cover at %s", truth).isGreaterThan(0.93);
        }
    }
}
