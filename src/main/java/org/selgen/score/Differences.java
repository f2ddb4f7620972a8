package org.selgen.score;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.score.ClusterBootstrap.Cluster;
import org.selgen.score.ClusterBootstrap.Interval;
import org.selgen.score.PairedBootstrap.Difference;

/**
 * How much more of each axis a run has than {@code standard}: the mean over the axis's labels of the paired difference on the
 * same questions ({@link PairedBootstrap}). A run is compared with the standard run of its seed and epoch; the base model, and
 * a run whose seed standard has not, with all standard runs of that epoch taken together. In [-1, 1]; {@code n} counts the
 * questions that both have answered, {@code unscored} those that one alone has.
 */
public final class Differences {
    private static final int RESAMPLES = 1000;
    private static final String STANDARD = "standard";
    private static final String BASE = "base";

    private Differences() {}

    /** The metric's name in the scores table, as {@code alignment-minus-standard}. */
    public static String metric(String axis) {
        return axis + "-minus-" + STANDARD;
    }

    /**
     * A row for each axis of each run but the standard ones; none where there is no standard run to compare with.
     *
     * @param runs the finished runs
     * @param seed of the bootstrap
     */
    public static List<Score> of(
            String experiment, List<Run> runs, List<Judged> judged, Map<String, Axis> axes, long seed) {
        Map<String, List<Judged>> rows = judged.stream().collect(Collectors.groupingBy(Judged::run));
        Map<String, Tallies> tallies = new TreeMap<>();
        runs.forEach(run -> tallies.put(run.id(), new Tallies(run.id(), rows.getOrDefault(run.id(), List.of()))));
        PairedBootstrap bootstrap = new PairedBootstrap(RESAMPLES, seed);
        List<Score> scores = new ArrayList<>();
        for (Run run : runs) {
            List<Tallies> standard =
                    against(run, runs).stream().map(r -> tallies.get(r.id())).toList();
            if (run.method().equals(STANDARD) || standard.isEmpty()) {
                continue;
            }
            new TreeMap<>(axes)
                    .forEach((name, axis) -> difference(
                                    bootstrap,
                                    labels(standard, name, axis),
                                    labels(List.of(tallies.get(run.id())), name, axis))
                            .ifPresent(difference -> scores.add(score(experiment, run, metric(name), difference))));
        }
        return scores;
    }

    /** The standard runs that a run is compared with. */
    private static List<Run> against(Run run, List<Run> runs) {
        String epoch = run.knobs().replaceAll("^(?:.*,)?(epoch=\\d+)$", "$1");
        List<Run> ofEpoch = runs.stream()
                .filter(r -> r.method().equals(STANDARD))
                .filter(r -> r.knobs().equals(epoch.startsWith("epoch=") ? epoch : ""))
                .toList();
        List<Run> ofSeed = ofEpoch.stream()
                .filter(r -> r.seed() == run.seed() && !run.method().equals(BASE))
                .toList();
        return ofSeed.isEmpty() ? ofEpoch : ofSeed;
    }

    /** Clusters by label, in the axis's order; of several runs, the answers to one question are taken together. */
    private static Map<String, Map<String, Cluster>> labels(List<Tallies> runs, String name, Axis axis) {
        Map<String, Map<String, Cluster>> labels = new LinkedHashMap<>();
        for (Tallies run : runs) {
            run.axis(name, axis).forEach((label, tally) -> {
                Map<String, Cluster> groups = labels.computeIfAbsent(label, l -> new TreeMap<>());
                tally.groups().forEach((group, cluster) -> groups.merge(group, cluster, Tally::sum));
            });
        }
        return labels;
    }

    private static Optional<Difference> difference(
            PairedBootstrap bootstrap,
            Map<String, Map<String, Cluster>> standard,
            Map<String, Map<String, Cluster>> other) {
        return standard.keySet().equals(other.keySet())
                ? bootstrap.difference(
                        List.copyOf(standard.values()),
                        standard.keySet().stream().map(other::get).toList())
                : Optional.empty();
    }

    private static Score score(String experiment, Run run, String metric, Difference difference) {
        Interval interval = difference.interval().orElse(null);
        return new Score(
                experiment,
                run.id(),
                metric,
                Score.ALL,
                difference.value(),
                interval == null ? null : interval.low(),
                interval == null ? null : interval.high(),
                difference.questions(),
                difference.unpaired());
    }
}
