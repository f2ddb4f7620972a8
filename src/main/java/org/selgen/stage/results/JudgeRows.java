package org.selgen.stage.results;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.selgen.data.Calibration;
import org.selgen.data.OutcomeCount;
import org.selgen.data.Question;
import org.selgen.data.Run;
import org.selgen.experiment.Axes;
import org.selgen.experiment.ExperimentContext;
import org.selgen.judge.calibration.Calibrations;
import org.selgen.lake.Lake;
import org.selgen.report.JudgeTable;
import org.selgen.report.JudgeTable.JudgeStanding;
import org.selgen.report.Published;
import org.selgen.stage.results.VerdictCounts.AnswerKey;

/** The verdicts of each judge, counted, beside its calibrations. */
final class JudgeRows {
    private final ExperimentContext context;
    private final Calibrations calibrations;
    private final Map<List<String>, Question> questions;

    JudgeRows(ExperimentContext context) throws IOException {
        this.context = context;
        this.questions = context.questions();
        this.calibrations = Calibrations.read(
                context.catalog().judges().conf().having(Calibrations.FILE).toList());
    }

    /** How far the judge of published figures agrees with those of the experiment, a sentence; empty without such figures. */
    String between() throws IOException {
        Optional<String> theirs =
                Axes.published(context.experiment(), context.catalog().judges()).map(Published::judge);
        if (theirs.isEmpty()) {
            return "";
        }
        for (String name : context.experiment().rubrics()) {
            String judge = context.catalog().judges().rubric(name);
            Optional<Calibration> known =
                    calibrations.between(judge, theirs.get()).stream().findFirst();
            if (known.isPresent()) {
                Calibration with = known.get();
                return String.format(
                        Locale.ROOT,
                        "Between that judge and %s kappa is %.2f [%.2f, %.2f] on %d rows.",
                        judge,
                        with.kappa(),
                        with.low(),
                        with.high(),
                        with.rows());
            }
        }
        return "No kappa between that judge and those of this experiment is known: compare no number of theirs with ours.";
    }

    JudgeTable table() throws IOException {
        Set<String> axes = Axes.rubrics(context.experiment());
        List<String> judges = new ArrayList<>();
        for (String name : context.experiment().rubrics()) {
            judges.add(context.catalog().judges().rubric(name));
        }
        Lake lake = context.lake();
        Map<String, OutcomeCount> counts =
                lake.generations().isLarge() || lake.judgements().isLarge()
                        ? VerdictCounts.bySpark(
                                judges,
                                own(lake.generations().rows()),
                                own(lake.judgements().rows()))
                        : here(judges);
        return new JudgeTable(judges.stream()
                .map(judge -> new JudgeStanding(
                        judge, axes.contains(judge.replaceAll("@.*", "")), counts.get(judge), calibrations.of(judge)))
                .toList());
    }

    private Dataset<Row> own(Dataset<Row> rows) throws IOException {
        return context.own(rows)
                .where(col("decoding").equalTo(context.experiment().answerKey()));
    }

    private Map<String, OutcomeCount> here(List<String> judges) throws IOException {
        Set<String> runs = context.finished().stream().map(Run::id).collect(Collectors.toSet());
        Set<AnswerKey> answers = context
                .lake()
                .generations()
                .read(row -> mine(runs, row.run(), row.decoding(), row.dataset(), row.question()))
                .stream()
                .map(row -> new AnswerKey(row.run(), row.dataset(), row.question(), row.sample()))
                .collect(Collectors.toSet());
        return VerdictCounts.here(
                judges,
                answers,
                context
                        .lake()
                        .judgements()
                        .read(row -> mine(runs, row.run(), row.decoding(), row.dataset(), row.question()))
                        .stream());
    }

    private boolean mine(Set<String> runs, String run, String decoding, String dataset, String question) {
        return runs.contains(run)
                && decoding.equals(context.experiment().answerKey())
                && questions.containsKey(List.of(dataset, question));
    }
}
