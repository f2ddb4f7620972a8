package org.selgen.stage.share;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.struct;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.selgen.data.Generation;
import org.selgen.data.Judgement;
import org.selgen.data.Question;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.data.Stage;
import org.selgen.data.TaskTime;
import org.selgen.experiment.ExperimentContext;
import org.selgen.experiment.RunSpec;
import org.selgen.lake.Records;
import org.selgen.lake.Storage;
import org.selgen.report.share.InspectLog;
import org.selgen.report.share.JudgedAnswer;

/**
 * Answers and judgements to a log of Inspect for each run. Rows come to the driver one part of the answers after the other, and
 * go to the disk one answer after the other.
 *
 * @param context the experiment
 * @param out is given lines that say what was done
 */
public record InspectLogs(ExperimentContext context, Consumer<String> out) {
    private static final String ANSWER = "answer";
    private static final String JUDGEMENTS = "judgements";
    private static final String[] KEY = {"run", "dataset", "question", "sample"};

    /** Writes them beside the report. */
    public void write() throws IOException {
        Map<String, Run> runs = context.finished().stream().collect(Collectors.toMap(Run::id, run -> run));
        Map<List<String>, Question> questions = context.questions();
        Storage report = context.lake().report(context.experiment().name());
        Path work = report.open();
        Path folder = Files.createDirectories(work.resolve("inspect"));
        Iterator<Row> rows = rows(List.copyOf(runs.keySet())).toLocalIterator();
        OfRun next = new OfRun(rows, questions, rows.hasNext() ? rows.next() : null);
        int logs = 0;
        while (next.hasNext()) {
            next = log(Objects.requireNonNull(runs.get(next.run)), folder, next);
            logs++;
        }
        if (!work.equals(report.root())) { // what is kept elsewhere under a name is not sent again
            report.delete();
        }
        report.save(work);
        report.release(work);
        out.accept("report: " + logs + " logs for Inspect are in "
                + report.at("inspect").uri() + "; 'inspect view --log-dir'" + " of that folder shows them");
    }

    private OfRun log(Run run, Path folder, OfRun answers) throws IOException {
        List<Score> scores = context.lake()
                .scores()
                .read(score -> score.run().equals(run.id())
                        && score.experiment().equals(context.experiment().name())
                        && score.label().equals(Score.ALL));
        String name = (RunSpec.title(run) + " " + run.id()).replaceAll("[^A-Za-z0-9.=-]+", "_") + ".eval";
        new InspectLog(context.experiment().name(), run, RunSpec.title(run), scores, answered(run))
                .write(folder.resolve(name), answers);
        return answers.ofNextRun();
    }

    /** When the run's answers were begun last; the beginning of 1970 in lakes that do not know. */
    private Instant answered(Run run) {
        return context
                .lake()
                .tasks()
                .read(task -> task.run().equals(run.id()) && task.stage() == Stage.GENERATE)
                .stream()
                .map(TaskTime::begun)
                .max(Long::compare)
                .map(Instant::ofEpochMilli)
                .orElse(Instant.EPOCH);
    }

    /** The answers to the experiment's questions, each beside its judgements, in order. */
    private Dataset<Row> rows(List<String> runs) throws IOException {
        List<String> rubrics = new ArrayList<>();
        for (String judge : context.experiment().rubrics()) {
            rubrics.add(context.catalog().judges().rubric(judge));
        }
        Dataset<Row> judgements = own(context.lake().judgements().rows(), runs)
                .where(col("rubric").isin(rubrics.toArray()));
        Dataset<Row> together = judgements
                .groupBy(columns(KEY))
                .agg(collect_list(struct(columns(judgements.columns()))).as(JUDGEMENTS));
        Dataset<Row> answers = own(context.lake().generations().rows(), runs);
        Column answer = struct(columns(answers.columns())).as(ANSWER);
        return context.asked(answers)
                .join(together, KEY, "left")
                .orderBy("run", "asked", "sample")
                .select(answer, col(JUDGEMENTS));
    }

    private static Column[] columns(String... names) {
        return Arrays.stream(names).map(name -> col(name)).toArray(Column[]::new);
    }

    private Dataset<Row> own(Dataset<Row> rows, List<String> runs) {
        return rows.where(col("run").isin(runs.toArray()))
                .where(col("decoding").equalTo(context.experiment().answerKey()));
    }

    /** The rows of one run, which stand together among those of several. */
    private static final class OfRun implements Iterator<JudgedAnswer> {
        private final Iterator<Row> rows;
        private final Map<List<String>, Question> questions;
        private final String run;
        private @Nullable Row row;

        /** @param first the first row of the run; null where there is no run any more */
        OfRun(Iterator<Row> rows, Map<List<String>, Question> questions, @Nullable Row first) {
            this.rows = rows;
            this.questions = questions;
            this.row = first;
            this.run = first == null ? "" : answer(first).run();
        }

        private static Generation answer(Row row) {
            return Records.fromRow(row.getStruct(0), Generation.class);
        }

        @Override
        public boolean hasNext() {
            return row != null && answer(row).run().equals(run);
        }

        @Override
        public JudgedAnswer next() {
            Row now = row;
            if (now == null || !hasNext()) {
                throw new NoSuchElementException("all answers of run " + run + " were given");
            }
            Generation answer = answer(now);
            List<Row> judgements = now.isNullAt(1) ? List.of() : now.getList(1);
            row = rows.hasNext() ? rows.next() : null;
            return new JudgedAnswer(
                    Objects.requireNonNull(questions.get(List.of(answer.dataset(), answer.question()))),
                    answer,
                    judgements.stream()
                            .map(each -> Records.fromRow(each, Judgement.class))
                            .sorted(Comparator.comparing(Judgement::rubric))
                            .toList());
        }

        OfRun ofNextRun() {
            return new OfRun(rows, questions, row);
        }
    }
}
