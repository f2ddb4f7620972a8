package org.selgen.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.selgen.data.Run;
import org.selgen.data.Score;

/**
 * All scores as CSV (RFC 4180): one row per run, metric and label. A run without scores has one row with empty cells. The last
 * column says of the run whether {@code many} or {@code few} of its answers are degenerate; empty where nobody looked.
 */
final class ScoresCsv {
    private static final String HEAD =
            "experiment,run,method,knobs,seed,status,reason,metric,label,value,low,high,n,unscored,degenerate\r\n";

    private ScoresCsv() {}

    static String of(Results results) {
        StringBuilder csv = new StringBuilder(HEAD);
        for (Run run : results.runs()) {
            List<Score> scores = results.scores(run);
            if (scores.isEmpty()) {
                csv.append(row("", run, null, results));
            }
            scores.forEach(score -> csv.append(row(score.experiment(), run, score, results)));
        }
        return csv.toString();
    }

    private static String row(String experiment, Run run, @Nullable Score score, Results results) {
        List<@Nullable Object> cells = new ArrayList<>(
                Arrays.asList(experiment, run.id(), run.method(), run.knobs(), run.seed(), run.status(), run.reason()));
        cells.addAll(
                score == null
                        ? Arrays.asList(null, null, null, null, null, null, null)
                        : Arrays.asList(
                                score.metric(),
                                score.label(),
                                score.value(),
                                score.low(),
                                score.high(),
                                score.n(),
                                score.unscored()));
        cells.add(results.share(run).isEmpty() ? null : results.degenerate(run) ? "many" : "few");
        return cells.stream().map(ScoresCsv::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(@Nullable Object value) {
        String text = value == null ? "" : value.toString();
        return text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
