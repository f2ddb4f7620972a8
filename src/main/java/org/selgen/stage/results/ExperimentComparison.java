package org.selgen.stage.results;

import static org.selgen.report.table.ResultTable.row;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;
import org.selgen.data.Interval;
import org.selgen.data.Question;
import org.selgen.data.Run;
import org.selgen.experiment.Axes;
import org.selgen.report.table.ResultTable;
import org.selgen.score.Axis;
import org.selgen.score.Contrast;
import org.selgen.score.Holm;
import org.selgen.score.Seeds;
import org.selgen.score.Tallies;

/**
 * Two experiments, two lakes or two settings beside each other. Differences are b − a, as {@link Contrast} gives them, on the
 * questions that are the same in both, word for word.
 */
public record ExperimentComparison(ComparedExperiment a, ComparedExperiment b) {
    /** What a reader of the differences must know. */
    public static final List<String> NOTES = List.of(
            "difference: b \u2212 a on the questions that both have; low to high: 95 % interval over other seeds and questions,"
                    + " and over other questions alone",
            "p: of such a difference if there were none; holm: p corrected for all comparisons above; unpaired: question"
                    + " groups that one alone has");

    private record Compared(String a, String b, String axis, int seedsA, int seedsB, Contrast contrast) {}

    /** What is not the same in both, a row each. */
    public ResultTable changes() throws IOException {
        Map<String, String> first = a.facts();
        Map<String, String> second = b.facts();
        Set<String> names = new TreeSet<>(first.keySet());
        names.addAll(second.keySet());
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (String name : names) {
            String one = first.getOrDefault(name, "");
            String other = second.getOrDefault(name, "");
            if (!one.equals(other)) {
                rows.add(row(name, one, other));
            }
        }
        return new ResultTable("changes", List.of("what", "a", "b"), rows);
    }

    /**
     * A row for each setting that both have, or for the two that are named, and each axis that is the same in both.
     *
     * @throws BadInput if there is nothing to compare
     */
    public ResultTable differences() throws IOException {
        List<Compared> compared = compared();
        List<Double> corrected = Holm.corrected(
                compared.stream().flatMap(each -> each.contrast.p().stream()).toList());
        List<List<@Nullable Object>> rows = new ArrayList<>();
        int known = 0;
        for (Compared each : compared) {
            Contrast contrast = each.contrast;
            Optional<Double> p = contrast.p();
            rows.add(row(
                    each.a,
                    each.b,
                    each.axis,
                    each.seedsA,
                    each.seedsB,
                    contrast.other(),
                    contrast.own(),
                    contrast.value(),
                    end(contrast.overSeeds(), Interval::low),
                    end(contrast.overSeeds(), Interval::high),
                    end(contrast.overQuestions(), Interval::low),
                    end(contrast.overQuestions(), Interval::high),
                    p.orElse(null),
                    p.isEmpty() ? null : corrected.get(known),
                    contrast.questions(),
                    contrast.unpaired()));
            known += p.isEmpty() ? 0 : 1;
        }
        List<String> columns = List.of(
                "a",
                "b",
                "axis",
                "seedsA",
                "seedsB",
                "valueA",
                "valueB",
                "difference",
                "low",
                "high",
                "questionsLow",
                "questionsHigh",
                "p",
                "holm",
                "questions",
                "unpaired");
        return new ResultTable("differences", columns, rows);
    }

    private interface End {
        double of(Interval interval);
    }

    private static @Nullable Double end(Optional<Interval> interval, End end) {
        return interval.map(end::of).orElse(null);
    }

    private List<Compared> compared() throws IOException {
        Map<Seeds.Setting, List<Run>> first = a.settings();
        Map<Seeds.Setting, List<Run>> second = b.settings();
        Map<Seeds.Setting, Seeds.Setting> pairs = pairs(first.keySet(), second.keySet());
        first.keySet().retainAll(pairs.keySet());
        second.keySet().retainAll(pairs.values());
        Set<Question> common = new HashSet<>(a.context().questions().values());
        common.retainAll(new HashSet<>(b.context().questions().values()));
        Map<Seeds.Setting, Map<Run, Tallies>> of = a.tallies(first, common);
        Map<Seeds.Setting, Map<Run, Tallies>> ofOther = b.tallies(second, common);
        List<Compared> compared = new ArrayList<>();
        for (Map.Entry<String, Axis> axis : axes().entrySet()) {
            pairs.forEach((one, other) -> Contrast.of(ofOther.get(other), of.get(one), axis.getKey(), axis.getValue())
                    .ifPresent(contrast -> compared.add(new Compared(
                            ComparedExperiment.written(one),
                            ComparedExperiment.written(other),
                            axis.getKey(),
                            of.get(one).size(),
                            ofOther.get(other).size(),
                            contrast))));
        }
        if (compared.isEmpty()) {
            throw new BadInput("'" + a.context().experiment().name() + "' and '"
                    + b.context().experiment().name()
                    + "' share no answered question on an axis, so there is nothing to"
                    + " compare; ask both the same questions and run 'selgen judge'");
        }
        return compared;
    }

    /** The axes that mean the same in both. */
    private Map<String, Axis> axes() {
        Map<String, Axis> axes = new TreeMap<>(Axes.of(a.context().experiment()));
        Map<String, Axis> others = Axes.of(b.context().experiment());
        axes.entrySet().removeIf(axis -> !axis.getValue().equals(others.get(axis.getKey())));
        if (axes.isEmpty()) {
            throw new BadInput("score.capability and score.alignment are both other in '"
                    + a.context().experiment().name() + "' than in '"
                    + b.context().experiment().name()
                    + "', so there is nothing to compare; give both one axis in common");
        }
        return axes;
    }

    private Map<Seeds.Setting, Seeds.Setting> pairs(Set<Seeds.Setting> first, Set<Seeds.Setting> second) {
        Map<Seeds.Setting, Seeds.Setting> pairs = new LinkedHashMap<>();
        if (!a.setting().isEmpty() && !b.setting().isEmpty()) {
            pairs.put(first.iterator().next(), second.iterator().next());
            return pairs;
        }
        first.stream().filter(second::contains).forEach(setting -> pairs.put(setting, setting));
        if (pairs.isEmpty()) {
            throw new BadInput("'" + a.context().experiment().name() + "' and '"
                    + b.context().experiment().name() + "' have no finished setting in common; name one of each, as"
                    + " quickstart.yaml#standard");
        }
        return pairs;
    }
}
