package org.selgen.score;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The answers of one label that a metric counts. The metric's figure is the mean of the parts' means, on a scale.
 *
 * @param parts clusters by question group; one for a share, two for a contrast
 * @param scale of the metric
 */
record Tally(List<Map<String, Cluster>> parts, Scale scale) implements Serializable {
    /** A tally without answers, to be added to. */
    static Tally empty(Scale scale, int parts) {
        return new Tally(
                IntStream.range(0, parts)
                        .<Map<String, Cluster>>mapToObj(part -> new TreeMap<>())
                        .toList(),
                scale);
    }

    /** Adds answers of a group to this tally. */
    void add(int part, String group, Cluster answers) {
        parts.get(part).merge(group, answers, Cluster::plus);
    }

    /** The answers of both, those of one group together. */
    Tally plus(Tally other) {
        Tally sum = empty(scale, parts.size());
        for (Tally each : List.of(this, other)) {
            for (int part = 0; part < parts.size(); part++) {
                Map<String, Cluster> into = sum.parts.get(part);
                each.parts.get(part).forEach((group, answers) -> into.merge(group, answers, Cluster::plus));
            }
        }
        return sum;
    }

    /** Those of the question groups of a half. */
    Tally half(Half which) {
        Tally some = empty(scale, parts.size());
        for (int part = 0; part < parts.size(); part++) {
            Map<String, Cluster> into = some.parts.get(part);
            parts.get(part).forEach((group, answers) -> {
                if (Half.of(group) == which) {
                    into.put(group, answers);
                }
            });
        }
        return some;
    }

    /** Answers in the mean. */
    long n() {
        return parts.stream()
                .flatMap(part -> part.values().stream())
                .mapToLong(Cluster::count)
                .sum();
    }

    /** Answers that no judge could read. */
    long unread() {
        return parts.stream()
                .flatMap(part -> part.values().stream())
                .mapToLong(Cluster::unread)
                .sum();
    }

    /** The scale of some labels' tallies, which is one. */
    static Scale scale(Collection<Tally> labels) {
        return labels.stream().map(Tally::scale).findFirst().orElse(Scale.SHARE);
    }

    /** The parts of some labels' tallies; nothing if there is no label, or one without answers. */
    static Optional<List<LabelMean>> parts(List<Tally> labels) {
        List<Optional<LabelMean>> parts = labels.stream()
                .flatMap(label -> label.parts.stream())
                .map(LabelMean::of)
                .toList();
        return parts.isEmpty() || parts.stream().anyMatch(Optional::isEmpty)
                ? Optional.empty()
                : Optional.of(parts.stream().flatMap(Optional::stream).toList());
    }
}
