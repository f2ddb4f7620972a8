package org.selgen.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.selgen.data.BadInput;
import org.selgen.data.Score;
import org.selgen.score.ClusterBootstrap.Cluster;
import org.selgen.score.ClusterBootstrap.Interval;

/**
 * From judged answers to the rows of the scores table: every metric for every label and over all ({@code all}: the mean of the
 * label means), and the experiment's axes. {@code n} counts the answers in a mean; {@code unscored} those among them that no
 * judge could read, or, for a share of the scored answers, those beside them. {@code degenerate} is the share of answers that
 * are none ({@link Degeneration}), over all answers alike. A label without answers has no value, and an axis with such a label has none either.
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
        List<Judged> own = judged.stream().filter(row -> row.run().equals(run)).toList();
        Tallies tallies = new Tallies(run, own);
        List<Score> scores = new ArrayList<>();
        new TreeMap<>(axes).forEach((name, axis) -> {
            List<Tally> parts = List.copyOf(tallies.axis(name, axis).values());
            scores.add(score(experiment, run, name, Score.ALL, parts, bootstrap));
        });
        tallies.all().forEach((metric, labels) -> {
            labels.forEach(
                    (label, tally) -> scores.add(score(experiment, run, metric, label, List.of(tally), bootstrap)));
            if (!labels.isEmpty()) {
                scores.add(score(experiment, run, metric, Score.ALL, List.copyOf(labels.values()), bootstrap));
            }
        });
        Degeneration.tally(own)
                .ifPresent(tally ->
                        scores.add(score(experiment, run, Degeneration.METRIC, Score.ALL, List.of(tally), bootstrap)));
        return scores;
    }

    private static Score score(
            String experiment, String run, String metric, String label, List<Tally> parts, ClusterBootstrap bootstrap) {
        List<List<Cluster>> clusters =
                parts.stream().map(part -> List.copyOf(part.groups().values())).toList();
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
