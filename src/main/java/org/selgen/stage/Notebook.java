package org.selgen.stage;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.selgen.data.BadInput;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.lake.Lake;
import org.selgen.lake.Records;
import org.selgen.lake.Views;
import org.selgen.report.Report;
import org.selgen.report.ReportHeader;

/** What a note calls for a picture that its own charts cannot draw. */
public final class Notebook {
    private Notebook() {}

    /**
     * An experiment's capability against its alignment, with intervals and the front, as the report draws it:
     * {@code %html} and an SVG element of less than 100 KB. Where runs of several models, data or settings were scored under
     * the name, those of the newest recipe, and of them the most, are drawn, beside the base model.
     *
     * @param spark whose settings say where the lake is
     * @throws BadInput if the experiment has no scores there
     */
    public static String frontier(SparkSession spark, String experiment) throws IOException {
        Lake lake = Views.lake(spark);
        List<Score> scores = lake
                .scores()
                .rows()
                .where(col("experiment").equalTo(experiment).and(col("label").equalTo(Score.ALL)))
                .collectAsList()
                .stream()
                .map(row -> Records.fromRow(row, Score.class))
                .toList();
        Set<String> scored = scores.stream().map(Score::run).collect(Collectors.toSet());
        if (scored.isEmpty()) {
            throw new BadInput("the lake has no scores of the experiment '" + experiment
                    + "'; correct the name, or run it: SELECT DISTINCT experiment FROM scores lists them");
        }
        List<Run> runs = together(lake.runs().read().stream()
                .filter(run -> scored.contains(run.id()))
                .toList());
        Set<String> drawn = runs.stream().map(Run::id).collect(Collectors.toSet());
        return "%html "
                + Report.picture(
                        new ReportHeader(experiment, "", "", Map.of()),
                        runs,
                        scores.stream()
                                .filter(score -> drawn.contains(score.run()))
                                .toList());
    }

    /** The runs of one model, data and settings, and the base models and external ones beside them. */
    private static List<Run> together(List<Run> runs) {
        Map<List<Object>, Long> kinds = runs.stream()
                .filter(Notebook::trained)
                .collect(Collectors.groupingBy(Notebook::kind, Collectors.counting()));
        Comparator<Map.Entry<List<Object>, Long>> newest =
                Comparator.comparing(kind -> (Integer) kind.getKey().get(0));
        return kinds.entrySet().stream()
                .max(newest.thenComparing(Map.Entry::getValue))
                .map(kind -> runs.stream()
                        .filter(run -> trained(run)
                                ? kind(run).equals(kind.getKey())
                                : run.method().equals(Run.EXTERNAL)
                                        || run.modelHash().equals(kind.getKey().get(1)))
                        .toList())
                .orElse(runs);
    }

    private static boolean trained(Run run) {
        return run.seeded();
    }

    private static List<Object> kind(Run run) {
        return List.of(run.recipeOrFirst(), run.modelHash(), run.dataHash(), run.settings());
    }
}
