package org.selgen.stage.results;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.selgen.data.Judgement;
import org.selgen.data.Outcome;
import org.selgen.data.OutcomeCount;

/**
 * What became of the answers by each judge. Answers without a verdict are counted as such, and verdicts on answers that are not
 * there apart: a verdict too many makes up for none that is missing.
 */
final class VerdictCounts {
    private static final String RUBRIC = "rubric";
    private static final String[] KEY = {"run", "dataset", "question", "sample", RUBRIC};
    private static final String ANSWER = "answer";
    private static final String VERDICT = "verdict";
    private static final String KIND = "kind";
    private static final String COUNT = "count";
    private static final String[] PAIR = {"run", RUBRIC};
    private static final String FINGERPRINT = "bit_xor(xxhash64(dataset, question, sample))"; // of rows in any order

    private final Map<Outcome, Long> by = new EnumMap<>(Outcome.class);
    private long stray;

    private VerdictCounts() {}

    /** Which answer of the experiment. */
    record AnswerKey(String run, String dataset, String question, int sample) {}

    private void add(boolean there, Outcome outcome, long more) {
        if (there) {
            by.merge(outcome, more, Long::sum);
        } else {
            stray += more;
        }
    }

    /**
     * In this process.
     *
     * @param judges as the judgements table calls them
     */
    static Map<String, OutcomeCount> here(List<String> judges, Set<AnswerKey> answers, Stream<Judgement> judgements) {
        Map<String, VerdictCounts> counts = empty(judges);
        Map<String, Set<AnswerKey>> judged = new HashMap<>();
        judgements.filter(row -> counts.containsKey(row.rubric())).forEach(row -> {
            AnswerKey key = new AnswerKey(row.run(), row.dataset(), row.question(), row.sample());
            boolean there = answers.contains(key);
            counts.get(row.rubric()).add(there, Outcome.of(row.verdict(), row.reason()), 1);
            if (there) {
                judged.computeIfAbsent(row.rubric(), rubric -> new HashSet<>()).add(key);
            }
        });
        counts.forEach((judge, count) -> {
            long without =
                    (long) answers.size() - judged.getOrDefault(judge, Set.of()).size();
            count.add(true, Outcome.OMITTED, without);
        });
        return counted(counts, answers.size());
    }

    /**
     * By Spark. Where a judge's verdicts on a run are as many as its answers, and have the same fingerprint of their keys, they
     * are one for each; the others are joined with the answers, which takes several times as long.
     */
    static Map<String, OutcomeCount> bySpark(List<String> judges, Dataset<Row> answers, Dataset<Row> judgements) {
        Map<String, VerdictCounts> counts = empty(judges);
        Column all = array(judges.stream().map(functions::lit).toArray(Column[]::new));
        Dataset<Row> verdicts = verdicts(judges, judgements);
        Dataset<Row> expected = answers.groupBy("run")
                .agg(functions.count(lit(1)).as("answers"), expr(FINGERPRINT).as("keys"))
                .persist();
        Dataset<Row> tallies = verdicts.groupBy("run", RUBRIC, VERDICT, KIND)
                .agg(functions.count(lit(1)).as(COUNT), expr(FINGERPRINT).as("given"))
                .persist();
        Dataset<Row> given = tallies.groupBy("run", RUBRIC)
                .agg(functions.sum(COUNT).as("verdicts"), expr("bit_xor(given)").as("given"));
        Dataset<Row> open = expected.withColumn(RUBRIC, explode(all))
                .join(given, PAIR, "full_outer")
                .where("NOT (answers <=> verdicts AND keys <=> given)")
                .select("run", RUBRIC)
                .persist();
        try {
            add(counts, tallies.join(open, PAIR, "left_anti").withColumn(ANSWER, lit(true)), functions.sum(COUNT));
            if (!open.isEmpty()) {
                add(counts, joined(answers.withColumn(RUBRIC, explode(all)), verdicts, open), functions.count(lit(1)));
            }
            Row sum = expected.agg(functions.sum("answers")).head();
            return counted(counts, sum.isNullAt(0) ? 0 : sum.getLong(0));
        } finally {
            List.of(expected, tallies, open).forEach(Dataset::unpersist);
        }
    }

    /** Answers and verdicts of the open pairs of a run and a judge; one that lacks the other has null in its place. */
    private static Dataset<Row> joined(Dataset<Row> asked, Dataset<Row> verdicts, Dataset<Row> open) {
        Dataset<Row> some = functions.broadcast(open);
        return asked.select("run", "dataset", "question", "sample", RUBRIC)
                .withColumn(ANSWER, lit(true))
                .join(some, PAIR, "left_semi")
                .join(verdicts.join(some, PAIR, "left_semi"), KEY, "full_outer");
    }

    /** The verdicts of judges, by what was said and as much of the reason as {@link Outcome} looks at. */
    private static Dataset<Row> verdicts(List<String> judges, Dataset<Row> judgements) {
        Column kind = when(col("reason").startsWith(Judgement.REFUSAL), lit(Judgement.REFUSAL))
                .when(col("reason").startsWith(Judgement.JUDGE_REFUSED), lit(Judgement.JUDGE_REFUSED))
                .otherwise(lit(""));
        return judgements
                .where(col(RUBRIC).isin(judges.toArray()))
                .withColumn(KIND, kind)
                .select("run", "dataset", "question", "sample", RUBRIC, VERDICT, KIND);
    }

    private static void add(Map<String, VerdictCounts> counts, Dataset<Row> rows, Column count) {
        for (Row row : rows.groupBy(RUBRIC, ANSWER, VERDICT, KIND).agg(count).collectAsList()) {
            Outcome outcome = row.isNullAt(2) ? Outcome.OMITTED : Outcome.of(row.getString(2), row.getString(3));
            counts.get(row.getString(0)).add(!row.isNullAt(1), outcome, row.getLong(4));
        }
    }

    private static Map<String, VerdictCounts> empty(List<String> judges) {
        Map<String, VerdictCounts> counts = new LinkedHashMap<>();
        judges.forEach(judge -> counts.put(judge, new VerdictCounts()));
        return counts;
    }

    private static Map<String, OutcomeCount> counted(Map<String, VerdictCounts> counts, long answers) {
        Map<String, OutcomeCount> counted = new LinkedHashMap<>();
        counts.forEach((judge, count) -> counted.put(judge, new OutcomeCount(answers, count.by, count.stray)));
        return counted;
    }
}
