package org.selgen.stage;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.explode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.commons.collections4.IteratorUtils;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.selgen.cluster.SparkSettings;
import org.selgen.cluster.TaskFailure;
import org.selgen.data.Failure;
import org.selgen.data.Generation;
import org.selgen.data.Judgement;
import org.selgen.data.LakeInUse;
import org.selgen.data.Question;
import org.selgen.experiment.ConfiguredJudges;
import org.selgen.experiment.ExperimentContext;
import org.selgen.judge.ConfiguredRule;
import org.selgen.judge.Judge;
import org.selgen.judge.Judges;
import org.selgen.judge.KnownVerdicts;
import org.selgen.lake.Records;
import org.selgen.lake.Table;
import org.selgen.stage.judging.FluencyJudging;
import org.selgen.stage.judging.ModelJudging;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Generations to judgements. */
final class JudgeStage {
    private static final Logger LOG = LoggerFactory.getLogger(JudgeStage.class);

    private final ExperimentContext context;
    private final Consumer<String> out;
    private final Table<Judgement> judgements;

    /** @param out is given lines that say what was done */
    JudgeStage(ExperimentContext context, Consumer<String> out) {
        this.context = context;
        this.out = out;
        this.judgements = context.lake().judgements();
    }

    /** Gives how many judges that are models failed: one stops no other. Rules are of one query, which fails as a whole. */
    int run() throws IOException {
        ConfiguredJudges judges = context.catalog().judges();
        Map<String, Judge> rules = new TreeMap<>();
        List<String> models = new ArrayList<>();
        for (String name : context.experiment().rubrics()) {
            judges.rubric(name); // a bad name or rubric stops before any judge works
            judges.rule(name).ifPresentOrElse(rule -> rules.put(rule.rubric(), rule), () -> models.add(name));
        }
        long read = ChoiceScoring.judge(context) + byRules(rules);
        List<String> failures = new ArrayList<>();
        for (String name : models) {
            try {
                read += byModel(name);
            } catch (IOException | RuntimeException e) {
                if (concernsAll(e)) {
                    throw e;
                }
                LOG.debug("judge {} failed", name, e);
                failures.add(
                        "judge: " + name + " failed: " + Failure.mendable(e).orElseGet(() -> Failure.reason(e)));
            }
        }
        out.accept("judge: " + read + " verdicts on answers not read before");
        failures.forEach(out);
        return failures.size();
    }

    /** What fails for a cause that may pass is begun again once: it goes on after the verdicts that are kept. */
    private int byModel(String name) throws IOException {
        try {
            return judged(name);
        } catch (IOException | RuntimeException e) {
            if (concernsAll(e) || !TaskFailure.mayPass(e, context.spark())) {
                throw e;
            }
            out.accept("judge: " + name + ": " + Failure.reason(e) + "; it is begun again");
            return judged(name);
        }
    }

    private int judged(String name) throws IOException {
        return context.catalog().judges().perplexity(name).isPresent()
                ? new FluencyJudging(context, name, out).run()
                : new ModelJudging(context, name, out).run();
    }

    private boolean concernsAll(Exception failure) {
        return LakeInUse.isCauseOf(failure)
                || Failure.fullDisk(failure).isPresent()
                || context.spark().sc().isStopped();
    }

    /** What all rules together have not read yet, in one query; gives the number of verdicts. */
    private long byRules(Map<String, Judge> all) throws IOException {
        Object[] rubrics = all.keySet().toArray();
        HashMap<String, ConfiguredRule> configured = new HashMap<>();
        all.forEach((rubric, rule) -> {
            if (rule instanceof ConfiguredRule own) {
                configured.put(rubric, own);
            }
        });
        Broadcast<HashMap<String, ConfiguredRule>> rules = context.spark().broadcast(configured);
        Broadcast<LinkedHashMap<List<String>, Question>> questions =
                context.spark().broadcast(context.questions());
        MapPartitionsFunction<Row, Row> judge = rows -> {
            KnownVerdicts known = new KnownVerdicts();
            return IteratorUtils.transformedIterator(rows, row -> {
                Generation answer = Records.fromRow(row, Generation.class);
                Question question = questions.value().get(List.of(answer.dataset(), answer.question()));
                return Records.toRow(known.judgement(rule(row.getAs("rubric"), rules.value()), question, answer));
            });
        };
        Dataset<Row> answers = context.own(context.lake().generations().rows());
        if (judgements.isLarge()) {
            SparkSettings.forLargeTables(context.lake().spark());
            answers = UnreadRuns.of(answers, context.own(judgements.rows()), rubrics);
        }
        return judgements.append(judgements
                .missing(answers.withColumn(
                        "rubric",
                        explode(array(Arrays.stream(rubrics).map(functions::lit).toArray(Column[]::new)))))
                .mapPartitions(judge, Records.encoder(Judgement.class)));
    }

    /** Those of conf travel; the others are wherever the code is. */
    private static Judge rule(String rubric, Map<String, ConfiguredRule> configured) {
        ConfiguredRule own = configured.get(rubric);
        return own == null ? Judges.named(rubric) : own;
    }
}
