package org.selgen.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.selgen.data.Run;
import org.selgen.data.Score;

/**
 * All scores as CSV (RFC 4180): one row per run, metric and label. A run without scores has one row with empty cells. The last
 * columns say of the run whether {@code many} or {@code few} of its answers are degenerate, and whether its setting's discernment
 * is above 0 by its interval; empty where nobody looked.
 */
final class ScoresCsv {
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader(
                    "experiment",
                    "run",
                    "method",
                    "knobs",
                    "seed",
                    "status",
                    "reason",
                    "metric",
                    "label",
                    "value",
                    "low",
                    "high",
                    "n",
                    "unscored",
                    "seeds",
                    "meanLow",
                    "meanHigh",
                    "meanQuestionsLow",
                    "meanQuestionsHigh",
                    "degenerate",
                    "discerns")
            .build();

    private ScoresCsv() {}

    static String of(Results results) {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter csv = new CSVPrinter(text, FORMAT)) {
            for (Run run : results.runs()) {
                List<Score> scores = results.scores(run);
                if (scores.isEmpty()) {
                    csv.printRecord(row(null, run, null, results));
                }
                for (Score score : scores) {
                    csv.printRecord(row(score.experiment(), run, score, results));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringBuilder can be written
        }
        return text.toString();
    }

    private static List<@Nullable Object> row(
            @Nullable String experiment, Run run, @Nullable Score score, Results results) {
        List<@Nullable Object> cells = new ArrayList<>(Arrays.asList(
                experiment,
                run.id(),
                run.method(),
                run.knobs(),
                run.seed(),
                run.status().column(),
                run.reason()));
        cells.addAll(
                score == null
                        ? Collections.nCopies(12, null)
                        : Arrays.asList(
                                score.metric(),
                                score.label(),
                                score.value(),
                                score.low(),
                                score.high(),
                                score.n(),
                                score.unscored(),
                                score.seeds(),
                                score.meanLow(),
                                score.meanHigh(),
                                score.meanQuestionsLow(),
                                score.meanQuestionsHigh()));
        cells.add(results.share(run).isEmpty() ? null : results.degenerate(run) ? "many" : "few");
        cells.add(results.discerns(run).map(yes -> yes ? "yes" : "no").orElse(null));
        return cells;
    }
}
