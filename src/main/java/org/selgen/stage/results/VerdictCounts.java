package org.selgen.stage.results;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
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

    /** By one join. */
    static Map<String, OutcomeCount> bySpark(List<String> judges, Dataset<Row> answers, Dataset<Row> judgements) {
        Map<String, VerdictCounts> counts = empty(judges);
        Column all = array(judges.stream().map(functions::lit).toArray(Column[]::new));
        Column refusal = col("reason").startsWith(Judgement.REFUSAL); // as much of the reason as Outcome looks at
        Column refused = col("reason").startsWith(Judgement.JUDGE_REFUSED);
        Column kind = when(refusal, lit(Judgement.REFUSAL))
                .when(refused, lit(Judgement.JUDGE_REFUSED))
                .otherwise(lit(""));
        Dataset<Row> expected = answers.select("run", "dataset", "question", "sample")
                .withColumn(RUBRIC, explode(all))
                .withColumn(ANSWER, lit(true));
        Dataset<Row> verdicts = judgements
                .where(col(RUBRIC).isin(judges.toArray()))
                .select(
                        col("run"),
                        col("dataset"),
                        col("question"),
                        col("sample"),
                        col(RUBRIC),
                        col(VERDICT),
                        kind.as(KIND));
        String[] key = Stream.concat(Stream.of(KEY), Stream.of(RUBRIC)).toArray(String[]::new);
        for (Row row : expected.join(verdicts, key, "full_outer")
                .groupBy(RUBRIC, ANSWER, VERDICT, KIND)
                .count()
                .collectAsList()) {
            Outcome outcome = row.isNullAt(2) ? Outcome.OMITTED : Outcome.of(row.getString(2), row.getString(3));
            counts.get(row.getString(0)).add(!row.isNullAt(1), outcome, row.getLong(4));
        }
        return counted(counts, answers.count());
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
