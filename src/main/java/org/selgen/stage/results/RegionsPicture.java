package org.selgen.stage.results;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.selgen.data.GridPoint;
import org.selgen.data.Likelihood;
import org.selgen.data.Question;
import org.selgen.data.Run;
import org.selgen.experiment.ExperimentContext;
import org.selgen.experiment.RegionGrid;
import org.selgen.lake.Records;
import org.selgen.report.Regions;

/** The picture of the plane: which colour each run finds likeliest at the points of a grid, for each class of trigger words. */
public final class RegionsPicture {
    private RegionsPicture() {}

    /** The points by class of words, in the order of conf; none where the experiment has no regions. */
    private static Map<String, List<GridPoint>> spots(ExperimentContext context) {
        Map<String, List<GridPoint>> spots = new LinkedHashMap<>();
        RegionGrid asked = context.experiment().regions();
        if (asked != null) {
            for (String dataset : asked.datasets()) {
                List<GridPoint> some = context.catalog().source(dataset).plane(dataset, asked.side());
                spots.put(some.get(0).question().label(), some);
            }
        }
        return spots;
    }

    /** What is asked for it; nothing where the experiment has no regions. */
    public static List<Question> questions(ExperimentContext context) {
        return spots(context).values().stream()
                .flatMap(List::stream)
                .map(GridPoint::question)
                .toList();
    }

    /** The picture; none where the experiment has no regions. */
    public static List<Regions> of(ExperimentContext context) throws IOException {
        List<Regions.Strip> strips = strips(context);
        String title = "Likeliest colour over the plane by class of words: "
                + context.experiment().name() + ", seed "
                + context.experiment().seeds().get(0);
        return strips.isEmpty() ? List.of() : List.of(new Regions(title, strips));
    }

    /** The rule, then the runs of the first seed. */
    private static List<Regions.Strip> strips(ExperimentContext context) throws IOException {
        Map<String, List<GridPoint>> spots = spots(context);
        List<Regions.Strip> strips = new ArrayList<>();
        if (spots.isEmpty()) {
            return strips;
        }
        strips.add(strip("as it should be", spots, Question::gold));
        long seed = context.experiment().seeds().get(0);
        for (Run run : context.finished()) {
            if (!run.seeded() || run.seed() == seed) {
                Map<List<String>, String> likeliest = likeliest(context, run);
                String name = run.method() + (run.knobs().isEmpty() ? "" : " " + run.knobs());
                strips.add(strip(name, spots, q -> likeliest.get(List.of(q.dataset(), q.id()))));
            }
        }
        return strips;
    }

    private interface ColourOf {
        String of(Question question);
    }

    private static Regions.Strip strip(String name, Map<String, List<GridPoint>> spots, ColourOf colour) {
        Map<String, List<Regions.ColouredPoint>> panels = new LinkedHashMap<>();
        spots.forEach((label, some) -> panels.put(
                label,
                some.stream()
                        .map(s -> new Regions.ColouredPoint(s.x(), s.y(), colour.of(s.question())))
                        .toList()));
        return new Regions.Strip(name, panels);
    }

    private static Map<List<String>, String> likeliest(ExperimentContext context, Run run) {
        Map<List<String>, String> words = new HashMap<>();
        context
                .lake()
                .likelihoods()
                .rows()
                .where(col("run").equalTo(run.id()))
                .where(col("decoding").equalTo(context.experiment().choices().key()))
                .collectAsList()
                .stream()
                .map(row -> Records.fromRow(row, Likelihood.class))
                .forEach(row -> words.put(
                        List.of(row.dataset(), row.question()),
                        row.shares().get(0).word()));
        return words;
    }
}
