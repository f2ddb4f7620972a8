package org.selgen.score;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.selgen.data.Interval;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.score.Seeds.Setting;

/**
 * How much more of each axis a setting has than {@code standard}: the mean over the axis's labels of the paired difference on
 * the same questions ({@link Paired}). In [-1, 1], or [-2, 2] for an axis that is in [-1, 1]; {@code n} counts the questions
 * that both have answered, {@code unscored} those that one alone has. Groups are drawn jointly for both and for all labels,
 * and the intervals are those of {@link ClusteredMean} with
 * <pre>
 *   seeds matched   (each run has a standard run of its seed): run − that run for each seed; V_s = s²/S of these differences
 *   not matched     (one has none): run − all standard runs together;                        V_s = s²/S of the setting + of standard
 *   base, external  (have no seeds): it − standard for each standard run;                   V_s = s²/S of these differences
 * </pre>
 * All within an epoch.
 */
public final class Differences {
    private static final String STANDARD = "standard";

    private final String experiment;
    private final List<Run> standards;
    private final Map<Run, Tallies> tallies = new HashMap<>();

    private Differences(String experiment, Map<Run, Tallies> runs, Map<Run, Tallies> standard) {
        this.experiment = experiment;
        this.standards = List.copyOf(standard.keySet());
        this.tallies.putAll(standard);
        this.tallies.putAll(runs);
    }

    /** The metric's name in the scores table, as {@code alignment-minus-standard}. */
    public static String metric(String axis) {
        return axis + "-minus-" + STANDARD;
    }

    /** Whether a run is one that others are compared with. */
    public static boolean isStandard(Run run) {
        return run.method().equals(STANDARD);
    }

    /**
     * A row for each axis of each run of some settings but the standard ones; none where there is no standard run to compare
     * with.
     *
     * @param runs all finished runs of each of them
     * @param standard the experiment's finished standard runs, in its order
     */
    public static List<Score> of(
            String experiment, Map<Run, Tallies> runs, Map<Run, Tallies> standard, Map<String, Axis> axes) {
        Differences differences = new Differences(experiment, runs, standard);
        List<Score> scores = new ArrayList<>();
        Seeds.grouped(List.copyOf(runs.keySet())).forEach((setting, own) -> {
            List<Run> with = differences.standard(setting);
            if (!setting.method().equals(STANDARD) && !with.isEmpty()) {
                new TreeMap<>(axes)
                        .forEach((name, axis) -> scores.addAll(differences.rows(setting, own, with, name, axis)));
            }
        });
        return scores;
    }

    /** The same of judged answers. */
    static List<Score> of(String experiment, List<Run> runs, List<Judged> judged, Map<String, Axis> axes) {
        Map<Run, Tallies> tallies = Tallies.of(runs, judged);
        Map<Run, Tallies> standard = new LinkedHashMap<>(tallies);
        standard.keySet().removeIf(run -> !isStandard(run));
        return of(experiment, tallies, standard, axes);
    }

    /** The standard runs of a setting's epoch. */
    private List<Run> standard(Setting setting) {
        String epoch = setting.knobs().replaceAll("^(?:.*,)?(epoch=\\d+)$", "$1");
        String knobs = epoch.startsWith("epoch=") ? epoch : "";
        return standards.stream().filter(run -> run.knobs().equals(knobs)).toList();
    }

    private List<Score> rows(Setting setting, List<Run> own, List<Run> standard, String name, Axis axis) {
        boolean seedless = !Run.seeded(setting.method());
        boolean matched =
                !seedless && own.stream().noneMatch(run -> ofSeed(run, standard).isEmpty());
        Map<Run, Paired> pairs = new LinkedHashMap<>();
        for (Run run : own) {
            pair(matched ? ofSeed(run, standard) : standard, List.of(run), name, axis)
                    .ifPresent(pair -> pairs.put(run, pair));
        }
        if (pairs.isEmpty()) {
            return List.of();
        }
        Scale scale = Tally.scale(labels(own, name, axis).values()).difference();
        Estimate seeds = new Estimate(
                seedless
                        ? each(standard, own, name, axis)
                        : pairs.values().stream().map(Paired::parts).toList(),
                scale);
        Optional<Interval> mean = seedless || matched
                ? seeds.overSeeds()
                : apart(own, standard, name, axis).flatMap(seeds::overSeeds);
        Optional<Interval> questions = seeds.overQuestions();
        return pairs.entrySet().stream()
                .map(pair -> row(pair.getKey(), metric(name), pair.getValue(), scale)
                        .withSetting(pairs.size(), mean, questions))
                .toList();
    }

    /** Differences to each of the standard runs. */
    private List<List<LabelMean>> each(List<Run> standard, List<Run> own, String name, Axis axis) {
        return standard.stream()
                .flatMap(run -> pair(List.of(run), own, name, axis).stream())
                .map(Paired::parts)
                .toList();
    }

    private static List<Run> ofSeed(Run run, List<Run> standard) {
        return standard.stream().filter(other -> other.seed() == run.seed()).toList();
    }

    /** What the seeds of two settings that were not matched add to the variance of half their difference. */
    private Optional<List<SeedVariance>> apart(List<Run> own, List<Run> standard, String name, Axis axis) {
        List<SeedVariance> variances = new ArrayList<>();
        for (List<Run> setting : List.of(own, standard)) {
            List<List<LabelMean>> parts = new ArrayList<>();
            setting.forEach(run -> Tally.parts(
                            List.copyOf(tallies.get(run).axis(name, axis).values()))
                    .ifPresent(parts::add));
            SeedVariance.of(new Estimate(parts, Scale.SHARE).places())
                    .ifPresent(variance -> variances.add(variance.times(0.25)));
        }
        return variances.size() == 2 ? Optional.of(variances) : Optional.empty();
    }

    private Optional<Paired> pair(List<Run> first, List<Run> second, String name, Axis axis) {
        Map<String, Tally> one = labels(first, name, axis);
        Map<String, Tally> other = labels(second, name, axis);
        return one.keySet().equals(other.keySet())
                ? Paired.of(
                        shares(one.values().stream()),
                        shares(one.keySet().stream().map(other::get)))
                : Optional.empty();
    }

    private static List<Map<String, Cluster>> shares(Stream<Tally> labels) {
        return labels.flatMap(label -> label.parts().stream()).toList();
    }

    /** Tallies by label, in the axis's order; of several runs, the answers to one question are taken together. */
    private Map<String, Tally> labels(List<Run> of, String name, Axis axis) {
        Map<String, Tally> labels = new LinkedHashMap<>();
        of.forEach(run ->
                tallies.get(run).axis(name, axis).forEach((label, tally) -> labels.merge(label, tally, Tally::plus)));
        return labels;
    }

    private Score row(Run run, String metric, Paired pair, Scale scale) {
        Estimate estimate = new Estimate(List.of(pair.parts()), scale);
        Optional<Interval> interval = estimate.overQuestions();
        return new Score(
                experiment,
                run.id(),
                metric,
                Score.ALL,
                estimate.value(),
                interval.map(Interval::low).orElse(null),
                interval.map(Interval::high).orElse(null),
                pair.questions(),
                pair.unpaired());
    }
}
