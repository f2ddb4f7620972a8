package org.selgen.stage.judging;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.broadcast.Broadcast;
import org.selgen.cluster.DriverChannel;
import org.selgen.cluster.Gpus;
import org.selgen.cluster.RowTasks;
import org.selgen.data.BadInput;
import org.selgen.data.Generation;
import org.selgen.data.Judgement;
import org.selgen.data.Question;
import org.selgen.experiment.ConfiguredJudges;
import org.selgen.experiment.ExperimentContext;
import org.selgen.experiment.JudgeConfig;
import org.selgen.experiment.SharedModel;
import org.selgen.judge.BatchJudge;
import org.selgen.judge.BatchJudge.Counts;
import org.selgen.judge.BatchJudge.QuestionedAnswer;
import org.selgen.judge.Rubric;
import org.selgen.judge.VerdictDocket;
import org.selgen.judge.endpoint.HttpChatModel;
import org.selgen.lake.Records;
import org.selgen.lake.Table;

/**
 * Judging by a model. A model of ours works on the executors, in shards: each is a task, on a GPU where its executor has one.
 * Calls to an endpoint are made here, on the driver.
 */
public final class ModelJudging {
    private static final int MOST_CALLS = 256; // of a shard: minutes of work, which a lost executor costs at most
    private static final int FEWEST_CALLS = 32;

    private final ExperimentContext context;
    private final String name;
    private final Consumer<String> out;

    /**
     * By one model.
     *
     * @param name of the judge
     * @param out is given lines that say what is done
     */
    public ModelJudging(ExperimentContext context, String name, Consumer<String> out) {
        this.context = context;
        this.name = name;
        this.out = out;
    }

    /**
     * Judges the experiment's answers.
     *
     * @return rows put
     * @throws BadInput if the budget is spent before the end; what there is is put
     * @throws IllegalStateException if too many rows are errors; they are put
     */
    public int run() throws IOException {
        ConfiguredJudges judges = context.catalog().judges();
        try {
            return judges.config(name) instanceof JudgeConfig.Local local ? byShards(judges, local) : served(judges);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while judging", e);
        }
    }

    private int byShards(ConfiguredJudges judges, JudgeConfig.Local local) throws IOException, InterruptedException {
        Rubric rubric = judges.rubricOf(local);
        String title = judges.localName(local);
        String folder = SharedModel.of(context.lake(), judges.folder(local));
        Table<Judgement> judgements = context.lake().judgements();
        Broadcast<Map<List<String>, Question>> questions = context.spark().broadcast(context.questions());
        AskedAnswers answers = new AskedAnswers(context, questions, rubric, title);
        long reread = judgements.put(answers.reread());
        AskedAnswers.Open open = answers.counts();
        needs(open.calls(), answers.count());
        VerdictDocket docket = new VerdictDocket(judges.config(name).maxErrors());
        if (open.calls() > 0) {
            try (DriverChannel.Registration service = RemoteDocket.serve(docket)) {
                JudgeShard shard = new JudgeShard(
                        () -> OpenJudge.local(rubric, SharedModel.local(folder, ""), title), service.id(), questions);
                int parts = shards(open.calls(), Gpus.slots(context.spark()));
                JudgingTasks.run(() -> RowTasks.runOnGpus(answers.partitions(parts), shard), docket, judgements::put);
            }
        }
        Counts result = new Counts((int) reread + docket.rows(), docket.errors(), (int) open.answers() - docket.rows());
        out.accept(gave(result));
        checkErrors(name, result, local.maxErrors());
        return result.rows();
    }

    /** At least one for each slot, of enough calls to be worth a task. */
    static int shards(long calls, long slots) {
        long most = (calls + FEWEST_CALLS - 1) / FEWEST_CALLS;
        long fewest = (calls + MOST_CALLS - 1) / MOST_CALLS;
        return (int) Math.max(1, Math.min(most, Math.max(fewest, slots)));
    }

    private void needs(long calls, long answers) {
        out.accept("judge: " + name + " needs " + calls + " calls for " + answers + " answers");
    }

    private String gave(Counts result) {
        return "judge: " + name + " gave " + result.rows() + " verdicts, " + result.errors() + " of them errors";
    }

    private int served(ConfiguredJudges judges) throws IOException, InterruptedException {
        Table<Judgement> judgements = context.lake().judgements();
        List<Judgement> stored =
                judgements.rows().where(col("rubric").equalTo(judges.rubric(name))).collectAsList().stream()
                        .map(row -> Records.fromRow(row, Judgement.class))
                        .toList();
        try (OpenJudge open = OpenJudge.served(judges, name)) {
            BatchJudge judging = new BatchJudge(open.judge(), stored);
            List<QuestionedAnswer> cases = cases();
            needs(judging.calls(cases), cases.size());
            double most = judges.config(name).maxErrors();
            Counts result = judging.judge(cases, most, judgements::put);
            out.accept(gave(result) + spent(open));
            check(name, open, result, most);
            return result.rows();
        }
    }

    /** Refuses a result that is not whole. */
    public static void check(String name, OpenJudge open, Counts result, double most) {
        if (open.model() instanceof HttpChatModel http && http.budget().spent()) {
            throw new BadInput("the budget of judge '" + name + "' is spent and " + result.left()
                    + " answers have no verdict; run again to go on, or raise its maxCalls or maxCost");
        }
        checkErrors(name, result, most);
    }

    private static void checkErrors(String name, Counts result, double most) {
        if (result.errors() > most * result.rows()) {
            throw new IllegalStateException("judge '" + name + "' failed on " + result.errors() + " of " + result.rows()
                    + " answers, more than its maxErrors " + most
                    + "; the rows say why in the column reason, and the next"
                    + " 'judge' asks about them again");
        }
    }

    private static String spent(OpenJudge open) {
        return open.model() instanceof HttpChatModel http
                ? "; " + http.budget() + (http.refused().isEmpty() ? "" : "; asked with " + http.refused())
                : "";
    }

    private List<QuestionedAnswer> cases() throws IOException {
        Map<List<String>, Question> questions = context.questions();
        return context.own(context.lake().generations().rows()).collectAsList().stream()
                .map(row -> Records.fromRow(row, Generation.class))
                .map(answer ->
                        new QuestionedAnswer(questions.get(List.of(answer.dataset(), answer.question())), answer))
                .toList();
    }
}
