package org.selgen.stage;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.selgen.data.BadInput;
import org.selgen.data.Generation;
import org.selgen.data.Judgement;
import org.selgen.data.Question;
import org.selgen.experiment.ConfiguredJudges;
import org.selgen.experiment.ExperimentContext;
import org.selgen.judge.BatchJudge;
import org.selgen.judge.BatchJudge.Counts;
import org.selgen.judge.BatchJudge.QuestionedAnswer;
import org.selgen.judge.endpoint.HttpChatModel;
import org.selgen.lake.Records;
import org.selgen.lake.Table;

/**
 * Judging by a model. Calls to an endpoint are made here, on the driver: one place for the whole cluster's budget, pace and
 * key, since such a judge's speed is bounded by its endpoint and not by us. A model of ours works on the executors.
 */
final class LlmJudging {
    private final ExperimentContext context;
    private final String name;
    private final Consumer<String> out;

    /**
     * By one model.
     *
     * @param name of the judge
     * @param out is given lines that say what is done
     */
    LlmJudging(ExperimentContext context, String name, Consumer<String> out) {
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
    int run() throws IOException {
        ConfiguredJudges judges = context.catalog().judges();
        Table<Judgement> judgements = context.lake().judgements();
        List<Judgement> stored =
                judgements.rows().where(col("rubric").equalTo(judges.rubric(name))).collectAsList().stream()
                        .map(row -> Records.fromRow(row, Judgement.class))
                        .toList();
        try (OpenJudge open = OpenJudge.onExecutors(context, name)) {
            BatchJudge judging = new BatchJudge(open.judge(), stored);
            List<QuestionedAnswer> cases = cases();
            out.accept("judge: " + name + " needs " + judging.calls(cases) + " calls for " + cases.size() + " answers");
            double most = judges.config(name).maxErrors();
            Counts result = judging.judge(cases, most, judgements::put);
            out.accept("judge: " + name + " gave " + result.rows() + " verdicts, " + result.errors() + " of them errors"
                    + spent(open));
            check(name, open, result, most);
            return result.rows();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while judging", e);
        }
    }

    /** Refuses a result that is not whole. */
    static void check(String name, OpenJudge open, Counts result, double most) {
        if (open.model() instanceof HttpChatModel http && http.budget().spent()) {
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
