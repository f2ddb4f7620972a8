package org.selgen.job;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.lake.Records;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Scores to what one looks at. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Show capability against alignment of every run. Needs 'score' first.")
public final class ReportJob implements Callable<Integer> {
    @Mixin
    private Conf conf = new Conf();

    @Override
    public Integer call() throws Exception {
        run(conf.open());
        return 0;
    }

    static void run(Workbench bench) throws IOException {
        List<Run> runs = bench.finished();
        List<Score> scores = scores(bench);
        table(runs, scores).lines().forEach(bench::say);
    }

    private static List<Score> scores(Workbench bench) {
        return bench
                .lake()
                .scores()
                .rows()
                .where(col("experiment").equalTo(bench.experiment().name()))
                .collectAsList()
                .stream()
                .map(row -> Records.fromRow(row, Score.class))
                .toList();
    }

    private static Grid table(List<Run> runs, List<Score> scores) {
        Map<String, Map<String, Score>> axes = scores.stream()
                .filter(score -> score.label().equals(Score.ALL))
                .collect(Collectors.groupingBy(Score::run, Collectors.toMap(Score::metric, Function.identity())));
        List<List<String>> rows = new ArrayList<>();
        for (Run run : runs) {
            Map<String, Score> own = axes.getOrDefault(run.id(), Map.of());
            rows.add(List.of(
                    Order.title(run), shown(own.get(Score.CAPABILITY)), shown(own.get(Score.ALIGNMENT)), run.id()));
        }
        rows.sort(Comparator.comparing(row -> row.get(1)));
        return new Grid(List.of("run", "capability", "alignment", "id"), rows);
    }

    private static String shown(@Nullable Score score) {
        return Optional.ofNullable(score)
                .filter(s -> s.value() != null)
                .map(s -> String.format(Locale.ROOT, "%.2f [%.2f, %.2f]", s.value(), s.low(), s.high()))
                .orElse("no score");
    }
}
