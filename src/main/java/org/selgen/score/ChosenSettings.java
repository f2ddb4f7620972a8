package org.selgen.score;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.selgen.data.Interval;
import org.selgen.data.Run;
import org.selgen.score.Seeds.Setting;

/**
 * Of each method the setting that was {@linkplain SettingChoice chosen} on the one half of the question groups, with its figures on
 * the other, and its differences there to the setting of {@code standard} that was chosen alike. Of {@code base} and of what other
 * tools have made there is nothing to choose. Probabilities are corrected for all comparisons of the table together ({@link Holm}):
 * each method but standard on both axes.
 */
public final class ChosenSettings {
    private static final String STANDARD = "standard";

    private final SettingChoice choice;
    private final Map<String, Axis> axes;
    private final Map<Setting, Map<Run, Tallies>> settings = new LinkedHashMap<>();
    private final Map<String, Double> taskLosses;
    private final Optional<Setting> standard;

    /**
     * A method's chosen setting.
     *
     * @param setting absent where none keeps to the bounds
     * @param of how many settings there were
     * @param chosenAt its mean on the half that chooses
     * @param figures by axis, on the half that reports
     */
    public record Chosen(
            String method, Optional<Setting> setting, int of, OptionalDouble chosenAt, Map<String, Figure> figures) {}

    /**
     * A chosen setting on one axis.
     *
     * @param value mean over seeds
     * @param interval over seeds and questions, or over questions where there are no seeds
     * @param minus difference to standard, where there is one
     */
    public record Figure(double value, Optional<Interval> interval, Optional<Difference> minus) {
        private Figure corrected(Iterator<Double> next) {
            return new Figure(
                    value, interval, minus.map(d -> new Difference(d.value(), d.interval(), d.p(), next.next())));
        }
    }

    /**
     * To standard.
     *
     * @param interval over seeds and questions
     * @param p of a difference at least as large were there none, two-sided, as one comparison
     * @param corrected the same as one of all comparisons of the table
     */
    public record Difference(double value, Optional<Interval> interval, double p, double corrected) {}

    private ChosenSettings(
            SettingChoice choice, Map<String, Axis> axes, Map<Run, Tallies> runs, Map<String, Double> taskLosses) {
        this.choice = choice;
        this.axes = new TreeMap<>(axes);
        this.taskLosses = taskLosses;
        Seeds.grouped(List.copyOf(runs.keySet())).forEach((setting, own) -> {
            Map<Run, Tallies> tallies = new LinkedHashMap<>();
            own.forEach(run -> tallies.put(run, runs.get(run)));
            settings.put(setting, tallies);
        });
        this.standard = best(of(STANDARD).filter(this::learntEnough));
    }

    /**
     * Chooses for every method, in the order of the runs.
     *
     * @param axes capability and alignment
     * @param runs finished ones of the experiment
     * @param taskLosses loss on held-out task rows at the end, by id of the run, where it was measured
     */
    public static List<Chosen> of(
            SettingChoice choice, Map<String, Axis> axes, Map<Run, Tallies> runs, Map<String, Double> taskLosses) {
        ChosenSettings all = new ChosenSettings(choice, axes, runs, taskLosses);
        List<Chosen> chosen = all.settings.keySet().stream()
                .map(Setting::method)
                .distinct()
                .map(all::chosen)
                .toList();
        return corrected(chosen);
    }

    private Stream<Setting> of(String method) {
        return settings.keySet().stream().filter(setting -> setting.method().equals(method));
    }

    private Chosen chosen(String method) {
        boolean free = method.equals(STANDARD) || !Run.seeded(method);
        Optional<Setting> setting = method.equals(STANDARD)
                ? standard
                : best(of(method).filter(each -> free || (learntEnough(each) && keeps(each) && affordable(each))));
        Map<String, Figure> figures = new LinkedHashMap<>();
        setting.ifPresent(each ->
                axes.keySet().forEach(axis -> figure(each, axis).ifPresent(f -> figures.put(axis, f))));
        return new Chosen(
                method,
                setting,
                (int) of(method).count(),
                setting.map(each -> mean(each, choice.by().axis())).orElse(OptionalDouble.empty()),
                figures);
    }

    private Optional<Setting> best(Stream<Setting> some) {
        return some.filter(setting -> mean(setting, choice.by().axis()).isPresent())
                .reduce((one, next) -> mean(next, choice.by().axis()).getAsDouble()
                                > mean(one, choice.by().axis()).getAsDouble()
                        ? next
                        : one);
    }

    private boolean learntEnough(Setting setting) {
        List<Double> losses = settings.get(setting).keySet().stream()
                .flatMap(run -> Stream.ofNullable(taskLosses.get(run.id())))
                .toList();
        return choice.taskLoss() == null
                || (!losses.isEmpty() && Seeds.mean(losses).mean() <= choice.taskLoss());
    }

    private boolean keeps(Setting setting) {
        String other = choice.by().other().axis();
        OptionalDouble own = mean(setting, other);
        OptionalDouble usual = standard.map(each -> mean(each, other)).orElse(OptionalDouble.empty());
        return choice.keeps() == 0
                || (own.isPresent() && usual.isPresent() && own.getAsDouble() >= choice.keeps() * usual.getAsDouble());
    }

    private boolean affordable(Setting setting) {
        return choice.compute() == null
                || standard.filter(usual -> tokens(setting) <= choice.compute() * tokens(usual))
                        .isPresent();
    }

    private double tokens(Setting setting) {
        return settings.get(setting).keySet().stream()
                .mapToLong(Run::tokens)
                .average()
                .orElse(0);
    }

    /** Mean over seeds on the half that chooses; nothing where a run has no value. */
    private OptionalDouble mean(Setting setting, String axis) {
        return estimate(setting, axis, Half.CHOOSES)
                .map(estimate -> OptionalDouble.of(estimate.value()))
                .orElse(OptionalDouble.empty());
    }

    private Optional<Estimate> estimate(Setting setting, String axis, Half half) {
        List<List<LabelMean>> parts = new ArrayList<>();
        for (Tallies tallies : half(setting, half).values()) {
            Tally.parts(List.copyOf(tallies.axis(axis, axes.get(axis)).values()))
                    .ifPresent(parts::add);
        }
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(new Estimate(parts, axes.get(axis).scale()));
    }

    private Map<Run, Tallies> half(Setting setting, Half half) {
        Map<Run, Tallies> own = new LinkedHashMap<>();
        settings.get(setting).forEach((run, tallies) -> own.put(run, tallies.half(half)));
        return own;
    }

    private Optional<Figure> figure(Setting setting, String axis) {
        Optional<Difference> minus =
                standard.filter(usual -> !usual.equals(setting)).flatMap(usual -> minus(setting, usual, axis));
        return estimate(setting, axis, Half.REPORTS)
                .map(own -> new Figure(own.value(), own.overSeeds().or(own::overQuestions), minus));
    }

    private Optional<Difference> minus(Setting setting, Setting usual, String axis) {
        return Contrast.of(half(setting, Half.REPORTS), half(usual, Half.REPORTS), axis, axes.get(axis))
                .flatMap(contrast -> contrast.p()
                        .map(p -> new Difference(
                                contrast.value(), contrast.overSeeds().or(contrast::overQuestions), p, p)));
    }

    private static List<Chosen> corrected(List<Chosen> chosen) {
        List<Double> single = new ArrayList<>();
        chosen.forEach(each -> each.figures().values().forEach(f -> f.minus().ifPresent(d -> single.add(d.p()))));
        Iterator<Double> all = Holm.corrected(single).iterator();
        return chosen.stream()
                .map(each -> {
                    Map<String, Figure> figures = new LinkedHashMap<>();
                    each.figures().forEach((axis, figure) -> figures.put(axis, figure.corrected(all)));
                    return new Chosen(each.method(), each.setting(), each.of(), each.chosenAt(), figures);
                })
                .toList();
    }
}
