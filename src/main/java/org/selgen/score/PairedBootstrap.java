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
     * @param interval of δ; absent for fewer than two questions
     * @param questions answered by both
     * @param unpaired questions answered by one alone
     */
    public record Difference(double value, Optional<Interval> interval, int questions, int unpaired) {}

    private record Pair(Cluster first, Cluster second) {}

    /**
     * The difference of the means of {@code second} and {@code first}, by question; nothing if they share no question.
     */
    public Optional<Difference> difference(Map<String, Cluster> first, Map<String, Cluster> second) {
        List<Pair> pairs = new ArrayList<>();
        Map<String, Cluster> inOrder = new TreeMap<>(first); // the same draws whatever the map
        inOrder.forEach((question, cluster) -> {
            Cluster other = second.get(question);
            if (other != null && cluster.count() > 0 && other.count() > 0) {
                pairs.add(new Pair(cluster, other));
            }
        });
        if (pairs.isEmpty()) {
            return Optional.empty();
        }
        int unpaired = answered(first) + answered(second) - 2 * pairs.size();
        return Optional.of(new Difference(delta(pairs), interval(pairs), pairs.size(), unpaired));
    }

    private Optional<Interval> interval(List<Pair> pairs) {
        if (pairs.size() < 2) {
            return Optional.empty();
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] deltas = new double[resamples];
        for (int i = 0; i < resamples; i++) {
            List<Pair> drawn = new ArrayList<>();
            for (int g = 0; g < pairs.size(); g++) {
                drawn.add(pairs.get(random.nextInt(pairs.size())));
            }
            deltas[i] = delta(drawn);
        }
        Percentile percentile = new Percentile().withEstimationType(Percentile.EstimationType.R_7);
        percentile.setData(deltas);
        return Optional.of(new Interval(percentile.evaluate(2.5), percentile.evaluate(97.5)));
    }

    private static double delta(List<Pair> pairs) {
        double first = 0;
        double second = 0;
        long firstCount = 0;
        long secondCount = 0;
        for (Pair pair : pairs) {
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
