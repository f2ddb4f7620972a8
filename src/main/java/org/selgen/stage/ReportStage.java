package org.selgen.stage;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.experiment.Axes;
import org.selgen.experiment.Experiment;
import org.selgen.experiment.ExperimentContext;
import org.selgen.lake.Records;
import org.selgen.lake.Storage;
import org.selgen.report.Report;
import org.selgen.report.ReportExtras;
import org.selgen.report.ReportHeader;
import org.selgen.score.Axis;

/** Scores to tables and pictures. */
final class ReportStage {
    private final ExperimentContext context;
    private final Consumer<String> out;

    /** @param out is given lines that say what was done */
    ReportStage(ExperimentContext context, Consumer<String> out) {
        this.context = context;
        this.out = out;
    }

    void run() throws IOException {
        List<Run> runs = context.runs();
        List<Score> scores = scores(runs);
        Experiment experiment = context.experiment();
        ReportHeader header = new ReportHeader(
                experiment.name(),
                axis(experiment.score().capability()),
                axis(experiment.score().alignment()),
                facts(experiment, runs),
                RegionsPicture.of(context));
        ReportExtras extras = new ReportExtras(
                Axes.published(experiment, context.catalog().judges()),
                Axes.places(experiment, context.catalog().judges()),
                new ProxyDistances(experiment, context.lake()).read(),
                experiment.score().alignment().metric());
        Storage report = context.lake().report(experiment.name());
        Path work = report.open();
        List<Path> files = Report.write(work, header, extras, runs, scores);
        report.save(work);
        report.release(work);
        out.accept("");
        out.accept(Report.table(runs, scores));
        files.forEach(file -> out.accept(
                "report: " + report.at(work.relativize(file).toString()).uri()));
    }

    private List<Score> scores(List<Run> runs) {
        Object[] ids = runs.stream().map(Run::id).toArray();
        return context
                .lake()
                .scores()
                .rows()
                .where(col("experiment").equalTo(context.experiment().name()))
                .where(col("run").isin(ids))
                .orderBy("run", "metric", "label")
                .collectAsList()
                .stream()
                .map(row -> Records.fromRow(row, Score.class))
                .toList();
    }

    private static Map<String, String> facts(Experiment experiment, List<Run> runs) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("model", experiment.model());
        runs.stream()
                .flatMap(run -> Stream.ofNullable(run.revision()))
                .distinct()
                .sorted()
                .reduce((one, next) -> one + ", " + next)
                .ifPresent(revisions -> facts.put("revision", revisions));
        facts.put("task data", String.join(", ", experiment.data().task()));
        facts.put("proxy data", String.join(", ", experiment.data().proxy()));
        facts.put("questions", String.join(", ", experiment.data().questions()));
        facts.put("seeds", experiment.seeds().toString());
        facts.put("decoding", experiment.answerKey());
        return facts;
    }

    private static String axis(Axis axis) {
        return axis.metric() + (axis.labels().isEmpty() ? "" : " on " + String.join(", ", axis.labels()));
    }
}
