package org.selgen.score;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * How much more a second run has than a first on the questions that both answered, label by label, so that what makes a
 * question hard or easy for both cancels. Questions that one alone has answered are left out of both, and counted.
 *
 * @param parts of the difference
 * @param questions answered by both
 * @param unpaired questions answered by one alone
 */
record Paired(List<LabelMean> parts, int questions, int unpaired) {
    /**
     * The difference; nothing if the two share no question of some label.
     *
     * @param first clusters by question group, one map for each label and share
     * @param second the same in the same order
     */
    static Optional<Paired> of(List<Map<String, Cluster>> first, List<Map<String, Cluster>> second) {
        List<LabelMean> parts = new ArrayList<>();
        int questions = 0;
        int unpaired = 0;
        for (int i = 0; i < first.size(); i++) {
            Set<String> either = answered(first.get(i));
            Set<String> both = new HashSet<>(either);
            both.retainAll(answered(second.get(i)));
            either.addAll(answered(second.get(i)));
            Optional<LabelMean> one = part(first.get(i), both);
            Optional<LabelMean> other = part(second.get(i), both);
            if (one.isEmpty() || other.isEmpty()) {
                return Optional.empty();
            }
            parts.add(other.get().minus(one.get()));
            questions += both.size();
            unpaired += either.size() - both.size();
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(new Paired(parts, questions, unpaired));
    }

    private static Optional<LabelMean> part(Map<String, Cluster> groups, Set<String> of) {
        Map<String, Cluster> kept = new TreeMap<>(groups);
        kept.keySet().retainAll(of);
        return LabelMean.of(kept);
    }

    private static Set<String> answered(Map<String, Cluster> groups) {
        Set<String> answered = new HashSet<>();
        groups.forEach((group, cluster) -> {
            if (cluster.count() > 0) {
                answered.add(group);
            }
        });
        return answered;
    }
}
