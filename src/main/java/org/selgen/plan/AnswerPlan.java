package org.selgen.plan;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.selgen.data.Judgement;
import org.selgen.data.Question;
import org.selgen.data.Status;
import org.selgen.experiment.ExperimentContext;
import org.selgen.experiment.JudgeConfig;
import org.selgen.experiment.OlderRecipes;
import org.selgen.judge.BatchJudge;
import org.selgen.judge.BatchJudge.QuestionedAnswer;
import org.selgen.judge.Judges;
import org.selgen.judge.LlmJudge;

/** The answers and verdicts of an experiment that there are, and those still to come. */
final class AnswerPlan {
    private static final int CHARACTERS = 4; // of a token of an answer

    private final ExperimentContext context;
    private final Object[] runs;
    private final Map<List<String>, Question> questions = new LinkedHashMap<>();
    private final Map<String, Long> answeredByRun = new HashMap<>();

    AnswerPlan(ExperimentContext context, PlanInputs inputs) {
        this.context = context;
        this.runs = inputs.named()
                ? inputs.matrix().runs().stream().map(spec -> spec.run().id()).toArray()
                : new Object[0];
        inputs.questions().forEach(q -> questions.put(List.of(q.dataset(), q.id()), q));
        int samples = context.experiment().decoding().samples();
        for (Row row : context.lake()
                .generations()
                .collect(all -> own(all).groupBy("run", "dataset", "question")
                        .count()
                        .where(col("count").geq(samples)))) {
            if (questions.containsKey(List.of(row.getString(1), row.getString(2)))) {
                answeredByRun.merge(row.getString(0), 1L, Long::sum);
            }
        }
    }

    /** Answers of the runs, freely given or chosen, that an older recipe has left. */
    long older() {
        Object[] decodings = OlderRecipes.decodings(context.experiment());
        return Stream.of(context.lake().generations(), context.lake().likelihoods())
                .mapToLong(table ->
                        count(table.collect(rows -> rows.where(col("run").isin(runs))
                                .where(col("decoding").isin(decodings))
                                .groupBy()
                                .count())))
                .sum();
    }

    /** Of the one row that counts; 0 where there is no table. */
    private static long count(List<Row> rows) {
        return rows.stream().mapToLong(row -> row.getLong(0)).sum();
    }

    private Dataset<Row> own(Dataset<Row> table) {
        return table.where(col("run").isin(runs))
                .where(col("decoding").equalTo(context.experiment().decoding().key()));
    }

    /** Answers that the run has not given; a diverged one gives none. */
    long missing(TrainPlan.Planned run) {
        long open =
                questions.size() - answeredByRun.getOrDefault(run.spec().run().id(), 0L);
        return run.has(Status.DIVERGED)
                ? 0
                : open * context.experiment().decoding().samples();
    }

    /**
     * Verdicts of a judge, or calls of one that is a model, that are not there once all runs have answered.
     *
     * @param toCome answers that there are not yet
     * @param notes is given what a model's calls will come to
     */
    long open(String name, List<TrainPlan.Planned> planned, long toCome, List<String> notes) throws IOException {
        if (Judges.isRule(name)) {
            String rubric = Judges.named(name).rubric();
            OlderRecipes.judgedAgain(rubric, olderVerdicts(rubric)).ifPresent(notes::add);
            return unread(name, planned);
        }
        JudgeConfig config = context.catalog().judges().config(name);
        if (config instanceof JudgeConfig.Local local
                && !context.catalog().judges().isHere(local)) {
            notes.add("not known: judge: " + name + ": the model '" + local.model()
                    + "' is not here yet; 'judge' fetches it from the Hub");
            return toCome;
        }
        JudgeCost fees = cost(name, toCome);
        notes.add("judge: " + name + " "
                + (config instanceof JudgeConfig.Llm called
                        ? fees.summary(called.endpoint())
                        : fees.tokens() + ", in this process"));
        return fees.calls();
    }

    /** Verdicts on the answers, those of older recipes too, by other versions of a rule. */
    private long olderVerdicts(String rubric) {
        return count(context.lake()
                .judgements()
                .collect(rows -> rows.where(col("run").isin(runs))
                        .where(col("decoding")
                                .equalTo(context.experiment().decoding().key())
                                .or(col("decoding").isin(OlderRecipes.decodings(context.experiment()))))
                        .where(col("rubric").startsWith(rubric.substring(0, rubric.indexOf('@') + 1)))
                        .where(col("rubric").notEqual(rubric))
                        .groupBy()
                        .count()));
    }

    private long unread(String name, List<TrainPlan.Planned> planned) throws IOException {
        long answering =
                planned.stream().filter(run -> !run.has(Status.DIVERGED)).count();
        Set<List<String>> keys = questions.keySet();
        String rubric = context.catalog().judges().rubric(name);
        long read = context
                .lake()
                .judgements()
                .collect(rows -> own(rows).where(col("rubric").equalTo(rubric)).select("dataset", "question"))
                .stream()
                .filter(row -> keys.contains(List.of(row.getString(0), row.getString(1))))
                .count();
        return answering * questions.size() * context.experiment().decoding().samples() - read;
    }

    /**
     * The calls of a judging model: for the answers there are, exactly, and for those to come, which count as
     * long as those there are, or as long as they may be.
     */
    private JudgeCost cost(String name, long toCome) throws IOException {
        LlmJudge judge = context.catalog().judges().counting(name);
        List<Judgement> stored = context.lake()
                .judgements()
                .read(rows -> own(rows).where(col("rubric").equalTo(judge.rubric())));
        List<QuestionedAnswer> cases = context.lake().generations().read(this::own).stream()
                .filter(answer -> questions.containsKey(List.of(answer.dataset(), answer.question())))
                .map(answer ->
                        new QuestionedAnswer(questions.get(List.of(answer.dataset(), answer.question())), answer))
                .toList();
        List<QuestionedAnswer> asked = new BatchJudge(judge, stored).needingCall(cases);
        long characters = asked.stream()
                .mapToLong(each ->
                        judge.characters(each.question(), each.generation().answer()))
                .sum();
        int length = (int) cases.stream()
                .mapToInt(each -> each.generation().answer().length())
                .average()
                .orElse((double) CHARACTERS * context.experiment().decoding().maxTokens());
        double mean = questions.values().stream()
                .collect(Collectors.averagingInt(question -> judge.characters(question, "x".repeat(length))));
        return new JudgeCost(asked.size() + toCome, characters + Math.round(toCome * mean), judge.replyTokens());
    }
}
