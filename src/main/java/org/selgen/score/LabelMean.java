package org.selgen.score;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One label of one run's figure: a mean over answers, and by how much each question group moves it.
 * <pre>  R = Σ_g sum_g / Σ_g count_g      moves_g = (sum_g − R · count_g) / Σ_h count_h </pre>
 * The moves sum to 0. They are the linear part of the ratio R in what the groups say (Cochran, Sampling Techniques, 3rd ed.,
 * 1977, §6.3), so that their squares give its variance.
 *
 * @param mean R, in [0, 1]
 * @param moves by group, in the order of their names
 */
record LabelMean(double mean, Map<String, Double> moves) {
    /** The part of these answers by group; nothing if there are none. */
    static Optional<LabelMean> of(Map<String, Cluster> groups) {
        long count = groups.values().stream().mapToLong(Cluster::count).sum();
        if (count == 0) {
            return Optional.empty();
        }
        double mean = groups.values().stream().mapToDouble(Cluster::sum).sum() / count;
        Map<String, Double> moves = new TreeMap<>();
        groups.forEach((group, cluster) -> {
            if (cluster.count() > 0) {
                moves.put(group, (cluster.sum() - mean * cluster.count()) / count);
            }
        });
        return Optional.of(new LabelMean(mean, moves));
    }

    /** How much more this has than another of the same groups, in [0, 1]: ½ for equal means. */
    LabelMean minus(LabelMean other) {
        Map<String, Double> differences = new TreeMap<>();
        moves.forEach((group, move) -> differences.put(group, (move - other.moves.getOrDefault(group, 0.0)) / 2));
        return new LabelMean((1 + mean - other.mean) / 2, differences);
    }
}
