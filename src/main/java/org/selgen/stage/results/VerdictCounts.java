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
    private static final String[] KEY = {"run", "dataset", "question", "sample"};
    private static final String RUBRIC = "rubric";
    private static final String ANSWER = "answer";
    private static final String VERDICT = "verdict";
    private static final String KIND = "kind";
    private static final String COUNT = "count";
    private static final String[] PAIR = {"run", RUBRIC};
    private static final String FINGERPRINT =
            "xxhash64(dataset, question, sample)"; // its 64 bits, over rows in any order

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
                .agg(
                        functions.count(lit(1)).as("answers"),
                        expr("bit_xor(" + FINGERPRINT + ")").as("keys"))
                .persist();
        Dataset<Row> tallies = verdicts.groupBy("run", RUBRIC, VERDICT, KIND)
                .agg(
                        functions.count(lit(1)).as(COUNT),
                        expr("bit_xor(" + FINGERPRINT + ")").as("given"))
                .persist();
        Dataset<Row> open = expected.withColumn(RUBRIC, explode(all))
                .join(
                        tallies.groupBy(PAIR[0], PAIR[1])
                                .agg(
                                        functions.sum(COUNT).as("verdicts"),
                                        expr("bit_xor(given)").as("given")),
                        PAIR,
                        "full_outer")
                .where("NOT (answers <=> verdicts AND keys <=> given)")
                .select(PAIR[0], PAIR[1])
                .persist();
        try {
            tallies.join(open, PAIR, "left_anti")
                    .withColumn(ANSWER, lit(true))
                    .groupBy(RUBRIC, ANSWER, VERDICT, KIND)
                    .agg(functions.sum(COUNT))
                    .collectAsList()
                    .forEach(row -> add(counts, row));
            if (!open.isEmpty()) {
                Dataset<Row> asked = answers.select(KEY[0], KEY[1], KEY[2], KEY[3])
                        .withColumn(RUBRIC, explode(all))
                        .withColumn(ANSWER, lit(true))
                        .join(functions.broadcast(open), PAIR, "left_semi");
                String[] key = Stream.concat(Stream.of(KEY), Stream.of(RUBRIC)).toArray(String[]::new);
                asked.join(verdicts.join(functions.broadcast(open), PAIR, "left_semi"), key, "full_outer")
                        .groupBy(RUBRIC, ANSWER, VERDICT, KIND)
                        .count()
                        .collectAsList()
                        .forEach(row -> add(counts, row));
            }
            Row sum = expected.agg(functions.sum("answers")).head();
            return counted(counts, sum.isNullAt(0) ? 0 : sum.getLong(0));
        } finally {
            List.of(expected, tallies, open).forEach(Dataset::unpersist);
        }
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

    private static void add(Map<String, VerdictCounts> counts, Row row) {
        Outcome outcome = row.isNullAt(2) ? Outcome.OMITTED : Outcome.of(row.getString(2), row.getString(3));
        counts.get(row.getString(0)).add(!row.isNullAt(1), outcome, row.getLong(4));
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
