package org.selgen.stage;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.selgen.data.BadInput;
import org.selgen.data.Generation;
import org.selgen.data.Judgement;
import org.selgen.data.Question;
import org.selgen.experiment.ConfiguredJudges;
import org.selgen.experiment.ConfiguredJudges.Opened;
import org.selgen.experiment.ExperimentContext;
import org.selgen.job.JudgeJob;
import org.selgen.judge.BatchJudge;
import org.selgen.judge.BatchJudge.Case;
import org.selgen.judge.BatchJudge.Result;
import org.selgen.judge.JudgeFile;
import org.selgen.judge.Judges;
import org.selgen.judge.LlmJudge;
import org.selgen.judge.endpoint.HttpChatModel;
import org.selgen.lake.Records;

/**
 * Judging by a model. Calls to an endpoint are made here, on the driver: one place for the whole cluster's budget, pace and
 * key, since such a judge's speed is bounded by its endpoint and not by us. A model of ours works on the executors.
 */
public final class LlmJudging {
    private LlmJudging() {}

    /**
     * The experiment's answers by the model of that name.
     *
     * @return rows put
     * @throws BadInput if the budget is spent before the end; what there is is put
     * @throws IllegalStateException if too many rows are errors; they are put
     */
    public static int run(ExperimentContext bench, String name) throws IOException {
        String rubric = bench.graders().rubric(name);
        List<Judgement> stored =
                bench.lake().judgements().rows().where(col("rubric").equalTo(rubric)).collectAsList().stream()
                        .map(row -> Records.fromRow(row, Judgement.class))
                        .toList();
        try (Opened opened = bench.graders().open(name, bench)) {
            BatchJudge judging = new BatchJudge((LlmJudge) opened.judge(), stored);
            List<Case> cases = cases(bench);
            bench.say("judge: " + name + " needs " + judging.calls(cases) + " calls for " + cases.size() + " answers");
            double most = bench.graders().grader(name).maxErrors();
            Result result = judging.judge(cases, most, bench.lake().judgements()::put);
            bench.say("judge: " + name + " gave " + result.rows() + " verdicts, " + result.errors() + " of them errors"
                    + spent(opened));
            check(name, opened, result, most);
            return result.rows();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while judging", e);
        }
    }

    private static void check(String name, Opened opened, Result result, double most) {
        if (opened.model() instanceof HttpChatModel http && http.spending().spent()) {
            throw new BadInput("the budget of judge '" + name + "' is spent and " + result.left()
                    + " answers have no verdict; run again to go on, or raise its maxCalls or maxCost");
        }
        if (result.errors() > most * result.rows()) {
            throw new IllegalStateException("judge '" + name + "' failed on " + result.errors() + " of " + result.rows()
                    + " answers, more than its maxErrors " + most
                    + "; the rows say why in the column reason, and the next"
                    + " 'judge' asks about them again");
        }
    }

    private static String spent(Opened opened) {
        return opened.model() instanceof HttpChatModel http ? "; " + http.spending() : "";
    }

    private static List<Case> cases(ExperimentContext bench) throws IOException {
        Map<List<String>, Question> questions = bench.questions();
        return bench.ofExperiment(bench.lake().generations().rows()).collectAsList().stream()
                .map(row -> Records.fromRow(row, Generation.class))
                .map(answer -> new Case(questions.get(List.of(answer.dataset(), answer.question())), answer))
                .toList();
    }

    /** A user's own answers by any judge; says how many got each verdict. */
    public static void file(JudgeJob.Own own, PrintWriter out) throws IOException {
        if (Judges.isRule(own.rubric)) {
            tell(JudgeFile.judge(own.input, Judges.named(own.rubric), own.output), out);
            return;
        }
        Path conf = own.judges.toAbsolutePath().normalize().resolveSibling("");
        ConfiguredJudges graders = ConfiguredJudges.read(conf, Path.of("data-lake/models"));
        try (Opened opened = graders.open(own.rubric)) {
            Map<String, Long> counts = JudgeFile.judge(own.input, opened.judge(), own.output);
            tell(counts, out);
            long rows = counts.values().stream().mapToLong(Long::longValue).sum();
            int errors = Math.toIntExact(counts.getOrDefault("error", 0L));
            check(
                    own.rubric,
                    opened,
                    new Result((int) rows, errors, errors),
                    graders.grader(own.rubric).maxErrors());
        }
    }

    private static void tell(Map<String, Long> counts, PrintWriter out) {
        counts.forEach((verdict, count) -> out.println(verdict + " " + count));
        out.flush();
    }
}
