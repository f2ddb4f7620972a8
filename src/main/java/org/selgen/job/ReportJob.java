package org.selgen.job;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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
import org.selgen.stage.Proximities;
import org.selgen.stage.RegionsPicture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Scores to tables and pictures. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = {
            "Draw capability against alignment of every run, with a table and a page. Needs 'score' first.",
            "Writes scores.csv, frontier.png, frontier.svg and index.html to report/EXPERIMENT in the lake; regions.png and"
                    + " regions.svg where the experiment has regions."
        })
public final class ReportJob implements Callable<Integer> {
    @Mixin
    private ExperimentOptions conf = new ExperimentOptions();

    @Override
    public Integer call() throws Exception {
        return conf.write(bench -> {
            run(bench);
            return 0;
        });
    }

    public static void run(ExperimentContext bench) throws IOException {
        List<Run> runs = bench.runs();
        List<Score> scores = scores(bench, runs);
        Experiment experiment = bench.experiment();
        ReportHeader about = new ReportHeader(
                experiment.name(),
                axis(experiment.score().capability()),
                axis(experiment.score().alignment()),
                facts(experiment),
                RegionsPicture.of(bench));
        ReportExtras beside = new ReportExtras(
                Axes.published(experiment, bench.graders()),
                Axes.places(experiment, bench.graders()),
                Proximities.read(bench),
                experiment.score().alignment().metric());
        Storage report = bench.lake().report(experiment.name());
        Path work = report.open();
        var files = Report.write(work, about, beside, runs, scores);
        report.save(work);
        report.release(work);
        bench.say("");
        bench.say(Report.table(runs, scores));
        files.forEach(file -> bench.say(
                "report: " + report.at(work.relativize(file).toString()).uri()));
    }

    private static List<Score> scores(ExperimentContext bench, List<Run> runs) {
        Object[] ids = runs.stream().map(Run::id).toArray();
        return bench
                .lake()
                .scores()
                .rows()
                .where(col("experiment").equalTo(bench.experiment().name()))
                .where(col("run").isin(ids))
                .orderBy("run", "metric", "label")
                .collectAsList()
                .stream()
                .map(row -> Records.fromRow(row, Score.class))
                .toList();
    }

    private static Map<String, String> facts(Experiment experiment) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("model", experiment.model());
        facts.put("task data", String.join(", ", experiment.data().task()));
        facts.put("proxy data", String.join(", ", experiment.data().proxy()));
        facts.put("questions", String.join(", ", experiment.data().questions()));
        facts.put("seeds", experiment.seeds().toString());
        facts.put("decoding", experiment.decoding().key());
        return facts;
    }

    private static String axis(Axis axis) {
        return axis.metric() + (axis.labels().isEmpty() ? "" : " on " + String.join(", ", axis.labels()));
    }
}
