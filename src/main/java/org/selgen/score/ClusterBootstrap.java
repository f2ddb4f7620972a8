package org.selgen.score;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * Percentile intervals for a mean of label means, by resampling whole groups of answers with replacement within each label.
 * Answers to the variants or samples of one question depend on each other, so a group is drawn as one.
 * <pre>  θ = (1/L) Σ_l  Σ_g sum_lg / Σ_g count_lg       95 % interval = [q_2.5, q_97.5] of θ over the resamples </pre>
 * Equal input, seed and number of resamples give equal intervals on every machine.
 *
 * @param resamples number of resamples, at least 40, so that the 2.5 % quantile exists
 * @param seed of the resampling
 */
public record ClusterBootstrap(int resamples, long seed) {
    public ClusterBootstrap {
        if (resamples < 40) {
            throw new IllegalArgumentException("resamples is " + resamples + " but must be at least 40; raise it");
        }
    }

    /** The answers of one group: the sum of their values and how many they are. */
    public record Cluster(double sum, long count) {}

    /** Ends of a 95 % interval. */
    public record Interval(double low, double high) {}

    /** The mean over labels of the mean over answers; nothing if a label has no answers. */
    public static Optional<Double> mean(List<List<Cluster>> labels) {
        double total = 0;
        for (List<Cluster> label : labels) {
            long count = label.stream().mapToLong(Cluster::count).sum();
            if (count == 0) {
                return Optional.empty();
            }
            total += label.stream().mapToDouble(Cluster::sum).sum() / count;
        }
        return labels.isEmpty() ? Optional.empty() : Optional.of(total / labels.size());
    }

    /** The interval of {@link #mean}; nothing if there is no mean or fewer than two groups in some label. */
    public Optional<Interval> interval(List<List<Cluster>> labels) {
        List<List<Cluster>> full = labels.stream()
                .map(label ->
                        label.stream().filter(cluster -> cluster.count() > 0).toList())
                .toList();
        if (full.isEmpty() || full.stream().anyMatch(label -> label.size() < 2)) {
            return Optional.empty();
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] means = new double[resamples];
        for (int i = 0; i < resamples; i++) {
            double total = 0;
            for (List<Cluster> label : full) {
                total += resampled(label, random);
            }
            means[i] = total / full.size();
        }
        Arrays.sort(means);
        Percentile percentile = new Percentile().withEstimationType(Percentile.EstimationType.R_7);
        percentile.setData(means);
        return Optional.of(new Interval(percentile.evaluate(2.5), percentile.evaluate(97.5)));
    }

    private static double resampled(List<Cluster> label, SplittableRandom random) {
        double sum = 0;
        long count = 0;
        for (int i = 0; i < label.size(); i++) {
            Cluster drawn = label.get(random.nextInt(label.size()));
            sum += drawn.sum();
            count += drawn.count();
        }
        return sum / count;
    }
}
