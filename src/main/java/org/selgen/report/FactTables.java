package org.selgen.report;

import static org.selgen.report.table.ResultTable.row;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selgen.data.Outcome;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.report.JudgeTable.JudgeStanding;
import org.selgen.report.table.ResultTable;

/** The tables that say what was run, on what, and what others found. */
record FactTables(ReportHeader about, ReportExtras beside, Results results) {
    /** All of them, also those that have no result. */
    ResultTable runs() {
        List<String> columns = List.of(
                "run",
                "method",
                "knobs",
                "seed",
                "status",
                "reason",
                "capability",
                "alignment",
                "worstFamily",
                "model",
                "modelHash",
                "revision",
                "dataHash",
                "recipe",
                "steps",
                "epoch",
                "tokens",
                "loss",
                "seconds",
                "device",
                "settings");
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Run run : results.runs()) {
            rows.add(row(
                    run.id(),
                    run.method(),
                    run.knobs(),
                    run.seeded() ? run.seed() : null,
                    run.status().column(),
                    run.reason(),
                    value(run, Score.CAPABILITY),
                    value(run, Score.ALIGNMENT),
                    worstFamily(run),
                    run.model(),
                    run.modelHash(),
                    run.revision(),
                    run.dataHash(),
                    run.recipeOrFirst(),
                    run.steps(),
                    run.epoch(),
                    run.tokens(),
                    run.loss(),
                    run.seconds(),
                    run.device(),
                    run.settings()));
        }
        return new ResultTable("runs", columns, rows);
    }

    private @Nullable Double value(Run run, String axis) {
        return results.score(run, axis, Score.ALL).map(Score::value).orElse(null);
    }

    /** The family of wordings in which the run has least alignment; absent where there are none. */
    private @Nullable String worstFamily(Run run) {
        return results.scores(run).stream()
                .filter(score -> score.metric().equals(Score.ALIGNMENT) && score.value() != null)
                .filter(score -> !score.label().equals(Score.ALL))
                .min(Comparator.comparingDouble(score -> score.mean().orElseThrow()))
                .map(Score::label)
                .orElse(null);
    }

    ResultTable proximity() {
        return new ResultTable(
                "proximity",
                List.of("proxy", "dataset", "label", "centroid", "nearest", "proxyTexts", "questionTexts"),
                beside.proximity().stream()
                        .map(p -> row(
                                p.proxy(),
                                p.dataset(),
                                p.label(),
                                p.centroid(),
                                p.nearest(),
                                p.proxyTexts(),
                                p.questionTexts()))
                        .toList());
    }

    ResultTable published() {
        return new ResultTable(
                "published",
                List.of("method", "setting", "seeds", "capability", "alignment"),
                beside.places().stream()
                        .map(place -> row(
                                place.point().method(),
                                place.point().setting(),
                                place.point().seeds(),
                                place.capability(),
                                place.alignment()))
                        .toList());
    }

    ResultTable judges() {
        return new ResultTable(
                "judges",
                List.of(
                        "judge",
                        "axis",
                        "answers",
                        "scored",
                        "refused",
                        "unreadable",
                        "failed",
                        "omitted",
                        "gold",
                        "rows",
                        "agreement",
                        "kappa",
                        "kappaLow",
                        "kappaHigh"),
                beside.judges().judges().stream().flatMap(FactTables::judge).toList());
    }

    /** A row for each set of labels; one without a kappa where there is none. */
    private static Stream<List<@Nullable Object>> judge(JudgeStanding of) {
        List<@Nullable Object> counts =
                new ArrayList<>(row(of.judge(), of.axis(), of.outcomes().expected()));
        for (Outcome outcome : Outcome.values()) {
            counts.add(of.outcomes().count(outcome));
        }
        if (of.calibrations().isEmpty()) {
            return Stream.of(joined(counts, row("", null, null, null, null, null)));
        }
        return of.calibrations().stream()
                .map(with -> joined(
                        counts,
                        row(with.gold(), with.rows(), with.agreement(), with.kappa(), with.low(), with.high())));
    }

    private static List<@Nullable Object> joined(List<@Nullable Object> first, List<@Nullable Object> second) {
        List<@Nullable Object> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    ResultTable facts() {
        List<List<@Nullable Object>> rows = new ArrayList<>(List.of(row("experiment", about.experiment())));
        about.axes().forEach((name, value) -> rows.add(row(name, value)));
        about.facts().forEach((name, value) -> rows.add(row(name, value)));
        return new ResultTable("facts", List.of("name", "value"), rows);
    }
}
