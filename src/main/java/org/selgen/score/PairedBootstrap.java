package org.selgen.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.selgen.score.ClusterBootstrap.Cluster;
import org.selgen.score.ClusterBootstrap.Interval;

/**
 * The difference between two methods on the same questions, with a percentile interval. Each resample draws questions with
 * replacement and takes both methods' answers to them, so that what makes a question hard or easy for both cancels.
 * <pre>
 *   δ = Σ_g sumB_g / Σ_g countB_g − Σ_g sumA_g / Σ_g countA_g      95 % interval = [q_2.5, q_97.5] of δ over the resamples
 * </pre>
 * Questions only one of the two has answered are left out of both, and counted.
 *
 * @param resamples number of resamples, at least 40, so that the 2.5 % quantile exists
 * @param seed of the resampling
 */
public record PairedBootstrap(int resamples, long seed) {
    public PairedBootstrap {
        if (resamples < 40) {
            throw new IllegalArgumentException("resamples is " + resamples + " but must be at least 40; raise it");
        }
    }

    /**
     * How much more the second method has than the first.
     *
     * @param value δ
     * @param interval of δ; absent where a label has fewer than two questions
     * @param questions answered by both
     * @param unpaired questions answered by one alone
     */
    public record Difference(double value, Optional<Interval> interval, int questions, int unpaired) {}

    private record ClusterPair(Cluster first, Cluster second) {}

    /**
     * The difference of the means of {@code second} and {@code first}, by question; nothing if they share no question.
     */
    public Optional<Difference> difference(Map<String, Cluster> first, Map<String, Cluster> second) {
        return difference(List.of(first), List.of(second));
    }

    /**
     * The mean over labels of the differences, each label's questions resampled apart; nothing if the two share no question of
     * some label.
     *
     * @param first by label, in the order of {@code second}
     */
    public Optional<Difference> difference(List<Map<String, Cluster>> first, List<Map<String, Cluster>> second) {
        List<List<ClusterPair>> labels = new ArrayList<>();
        int questions = 0;
        int unpaired = 0;
        for (int label = 0; label < first.size(); label++) {
            List<ClusterPair> pairs = pairs(first.get(label), second.get(label));
            labels.add(pairs);
            questions += pairs.size();
            unpaired += answered(first.get(label)) + answered(second.get(label)) - 2 * pairs.size();
        }
        if (labels.isEmpty() || labels.stream().anyMatch(List::isEmpty)) {
            return Optional.empty();
        }
        double value = labels.stream().mapToDouble(PairedBootstrap::delta).sum() / labels.size();
        return Optional.of(new Difference(value, interval(labels), questions, unpaired));
    }

    private static List<ClusterPair> pairs(Map<String, Cluster> first, Map<String, Cluster> second) {
        List<ClusterPair> pairs = new ArrayList<>();
        Map<String, Cluster> inOrder = new TreeMap<>(first); // the same draws whatever the map
        inOrder.forEach((question, cluster) -> {
            Cluster other = second.get(question);
            if (other != null && cluster.count() > 0 && other.count() > 0) {
                pairs.add(new ClusterPair(cluster, other));
            }
        });
        return pairs;
    }

    private Optional<Interval> interval(List<List<ClusterPair>> labels) {
        if (labels.stream().anyMatch(pairs -> pairs.size() < 2)) {
            return Optional.empty();
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] deltas = new double[resamples];
        for (int i = 0; i < resamples; i++) {
            double total = 0;
            for (List<ClusterPair> pairs : labels) {
                List<ClusterPair> drawn = new ArrayList<>();
                for (int g = 0; g < pairs.size(); g++) {
                    drawn.add(pairs.get(random.nextInt(pairs.size())));
                }
                total += delta(drawn);
            }
            deltas[i] = total / labels.size();
        }
        Percentile percentile = new Percentile().withEstimationType(Percentile.EstimationType.R_7);
        percentile.setData(deltas);
        return Optional.of(new Interval(percentile.evaluate(2.5), percentile.evaluate(97.5)));
    }

    private static double delta(List<ClusterPair> pairs) {
        double first = 0;
        double second = 0;
        long firstCount = 0;
        long secondCount = 0;
        for (ClusterPair pair : pairs) {
            first += pair.first.sum();
            firstCount += pair.first.count();
            second += pair.second.sum();
            secondCount += pair.second.count();
        }
        return second / secondCount - first / firstCount;
    }

    private static int answered(Map<String, Cluster> clusters) {
        return (int) clusters.values().stream().filter(c -> c.count() > 0).count();
    }
}
