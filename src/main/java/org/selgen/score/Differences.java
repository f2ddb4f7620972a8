package org.selgen.score;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.selgen.data.Interval;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.score.Seeds.Setting;

/**
 * How much more of each axis a setting has than {@code standard} has at the same epoch ({@link Contrast}). In [-1, 1], or
 * [-2, 2] for an axis that is in [-1, 1]; {@code n} counts the questions that both have answered, {@code unscored} those that
 * one alone has.
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
                new TreeMap<>(axes).forEach((name, axis) -> scores.addAll(differences.rows(own, with, name, axis)));
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

    private List<Score> rows(List<Run> own, List<Run> standard, String name, Axis axis) {
        return Contrast.of(of(own), of(standard), name, axis).stream()
                .flatMap(contrast -> contrast.pairs().entrySet().stream()
                        .map(pair -> row(pair.getKey(), metric(name), pair.getValue(), contrast.scale())
                                .withSetting(contrast.pairs().size(), contrast.overSeeds(), contrast.overQuestions())))
                .toList();
    }

    private Map<Run, Tallies> of(List<Run> runs) {
        Map<Run, Tallies> of = new LinkedHashMap<>();
        runs.forEach(run -> of.put(run, tallies.get(run)));
        return of;
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
