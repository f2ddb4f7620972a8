package org.selgen.score;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.selgen.data.BadInput;
import org.selgen.data.Score;
import org.selgen.score.ClusterBootstrap.Cluster;
import org.selgen.score.ClusterBootstrap.Interval;

/**
 * From judged answers to the rows of the scores table: every metric for every label and over all ({@code all}: the mean of the
 * label means), and the experiment's axes. {@code n} counts the answers in a mean; {@code unscored} those among them that no
 * judge could read. A label without answers has no value, and an axis with such a label has none either.
 */
public final class Scores {
    private static final int RESAMPLES = 1000;

    private Scores() {}

    /**
     * The scores of one run.
     *
     * @param axes what {@code capability} and {@code alignment} are
     * @param seed of the bootstrap; use one seed for all runs, so that runs are resampled alike
     * @throws BadInput if an axis names a label that has no answers
     */
    public static List<Score> of(
            String experiment, String run, List<Judged> judged, Map<String, Axis> axes, long seed) {
        ClusterBootstrap bootstrap = new ClusterBootstrap(RESAMPLES, seed);
        Map<Metric, Map<String, Tally>> tallies = new TreeMap<>();
        for (Metric metric : Metric.values()) {
            tallies.put(metric, tally(metric, run, judged));
        }
        List<Score> scores = new ArrayList<>();
        for (Map.Entry<String, Axis> axis : new TreeMap<>(axes).entrySet()) {
            List<Tally> parts = parts(axis.getKey(), axis.getValue(), tallies, run);
            scores.add(score(experiment, run, axis.getKey(), Score.ALL, parts, bootstrap));
        }
        tallies.forEach((metric, labels) -> {
            labels.forEach((label, tally) ->
                    scores.add(score(experiment, run, metric.key(), label, List.of(tally), bootstrap)));
            if (!labels.isEmpty()) {
                scores.add(score(experiment, run, metric.key(), Score.ALL, List.copyOf(labels.values()), bootstrap));
            }
        });
        return scores;
    }

    /** What one label has: its groups, and the answers among them that could not be read. */
    private record Tally(Map<String, Cluster> groups, long unread) {
        long n() {
            return groups.values().stream().mapToLong(Cluster::count).sum();
        }
    }

    private static Map<String, Tally> tally(Metric metric, String run, List<Judged> judged) {
        Set<Judged.Group> known = metric.onlyKnown() ? known(run, judged) : Set.of();
        Map<String, Tally> labels = new TreeMap<>();
        for (Judged row : judged) {
            if (!row.run().equals(run) || !metric.counts(row)) {
                continue;
            }
            Tally tally = labels.computeIfAbsent(row.label(), label -> new Tally(new TreeMap<>(), 0));
            if (metric.onlyKnown() && !known.contains(row.key())) {
                continue;
            }
            Cluster one = new Cluster(metric.hit(row) ? 1 : 0, 1);
            tally.groups.merge(row.dataset() + "/" + row.group(), one, Scores::plus);
            labels.put(row.label(), new Tally(tally.groups, tally.unread + (metric.unread(row) ? 1 : 0)));
        }
        return labels;
    }

    /** Groups whose plain question the run answers right more often than not. */
    private static Set<Judged.Group> known(String run, List<Judged> judged) {
        Map<Judged.Group, Cluster> asked = new HashMap<>();
        for (Judged row : judged) {
            if (row.run().equals(run) && Metric.ACCURACY.counts(row)) {
                asked.merge(row.key(), new Cluster(Metric.ACCURACY.hit(row) ? 1 : 0, 1), Scores::plus);
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

    private static Cluster plus(Cluster a, Cluster b) {
        return new Cluster(a.sum() + b.sum(), a.count() + b.count());
    }

    private static List<Tally> parts(String name, Axis axis, Map<Metric, Map<String, Tally>> tallies, String run) {
        Map<String, Tally> labels = tallies.getOrDefault(Metric.named(axis.metric()), Map.of());
        for (String label : axis.labels()) {
            if (!labels.containsKey(label)) {
                throw new BadInput("score." + name + " names the label '" + label + "' but run " + run
                        + " has no answers of it for " + axis.metric() + "; choose among " + labels.keySet()
                        + " or add a dataset that has it");
            }
        }
        return axis.labels().isEmpty()
                ? List.copyOf(labels.values())
                : axis.labels().stream().map(labels::get).toList();
    }

    private static Score score(
            String experiment, String run, String metric, String label, List<Tally> parts, ClusterBootstrap bootstrap) {
        List<List<Cluster>> clusters =
                parts.stream().map(part -> List.copyOf(part.groups.values())).toList();
        Double value = ClusterBootstrap.mean(clusters).orElse(null);
        Interval interval = bootstrap.interval(clusters).orElse(null);
        return new Score(
                experiment,
                run,
                metric,
                label,
                value,
                interval == null ? null : interval.low(),
                interval == null ? null : interval.high(),
                parts.stream().mapToLong(Tally::n).sum(),
                parts.stream().mapToLong(Tally::unread).sum());
    }
}
