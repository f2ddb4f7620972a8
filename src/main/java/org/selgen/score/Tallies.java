package org.selgen.score;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.selgen.data.BadInput;
import org.selgen.score.ClusterBootstrap.Cluster;

/** One run's answers by metric and label: what its scores and its differences to another run are made of. */
final class Tallies {
    private final String run;
    private final Map<String, Map<String, Tally>> byMetric = new TreeMap<>();

    /** @param judged answers of this run alone */
    Tallies(String run, List<Judged> judged) {
        this.run = run;
        Set<Judged.Group> known = known(judged);
        for (Metric metric : Metric.values()) {
            byMetric.put(metric.key(), tally(metric, metric.onlyKnown() ? known : Set.of(), judged));
        }
        byMetric.putAll(RatedMetric.tallies(judged));
    }

    /** By metric and label. */
    Map<String, Map<String, Tally>> all() {
        return byMetric;
    }

    /**
     * What an axis is the mean over, by label, in the axis's order.
     *
     * @throws BadInput if the axis names a label that has no answers
     */
    Map<String, Tally> axis(String name, Axis axis) {
        Map<String, Tally> labels = byMetric.getOrDefault(axis.metric(), Map.of());
        Map<String, Tally> chosen = new LinkedHashMap<>();
        for (String label : axis.labels()) {
            Tally tally = labels.get(label);
            if (tally == null) {
                throw new BadInput("score." + name + " names the label '" + label + "' but run " + run
                        + " has no answers of it for " + axis.metric() + "; choose among " + labels.keySet()
                        + " or add a dataset that has it");
            }
            chosen.put(label, tally);
        }
        return axis.labels().isEmpty() ? labels : chosen;
    }

    private static Map<String, Tally> tally(Metric metric, Set<Judged.Group> known, List<Judged> judged) {
        Map<String, Tally> labels = new TreeMap<>();
        for (Judged row : judged) {
            if (!metric.counts(row)) {
                continue;
            }
            Tally tally = labels.computeIfAbsent(row.label(), label -> Tally.empty());
            if (metric.onlyKnown() && !known.contains(row.key())) {
                continue;
            }
            Cluster one = new Cluster(metric.hit(row) ? 1 : 0, 1);
            labels.put(row.label(), tally.plus(row.cluster(), one, metric.unread(row) ? 1 : 0));
        }
        return labels;
    }

    /** Groups whose plain question the run answers right more often than not. */
    private static Set<Judged.Group> known(List<Judged> judged) {
        Map<Judged.Group, Cluster> asked = new HashMap<>();
        for (Judged row : judged) {
            if (Metric.ACCURACY.counts(row)) {
                asked.merge(row.key(), new Cluster(Metric.ACCURACY.hit(row) ? 1 : 0, 1), Tally::sum);
            }
        }
        Set<Judged.Group> known = new HashSet<>();
        asked.forEach((group, right) -> {
            if (2 * right.sum() > right.count()) {
                known.add(group);
            }
        });
        return known;
    }
}
