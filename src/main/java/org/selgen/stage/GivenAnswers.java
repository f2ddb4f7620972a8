package org.selgen.stage;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.lit;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.selgen.data.Question;

/**
 * Which answers runs have given. Spark counts those of each run; only of runs that have some and not all, which are few where a
 * stage was stopped, does the driver get to know which.
 */
final class GivenAnswers {
    private static final StructType QUESTION =
            new StructType().add("dataset", DataTypes.StringType).add("question", DataTypes.StringType);

    private final List<Question> questions;
    private final int samples;
    private final Set<String> whole = new HashSet<>();
    private final Map<List<String>, BitSet> parts = new HashMap<>();

    /**
     * Looks for them.
     *
     * @param rows of one decoding, with the columns run, dataset and question, and sample where a question has several
     * @param runs their ids
     * @param questions that each run is to answer
     * @param samples answers to each
     */
    GivenAnswers(Dataset<Row> rows, Collection<String> runs, List<Question> questions, int samples) {
        this.questions = questions;
        this.samples = samples;
        Column sample = List.of(rows.columns()).contains("sample") ? col("sample") : lit(0);
        Dataset<Row> asked = rows.where(col("run").isin(runs.toArray()).and(sample.lt(samples)))
                .join(broadcast(asked(rows)), QUESTION.fieldNames(), "left_semi");
        Set<String> open = new HashSet<>();
        for (Row run : asked.groupBy("run").count().collectAsList()) {
            (run.getLong(1) == (long) questions.size() * samples ? whole : open).add(run.getString(0));
        }
        if (!open.isEmpty()) {
            asked.where(col("run").isin(open.toArray()))
                    .groupBy("run", "dataset", "question")
                    .agg(collect_set(sample))
                    .collectAsList()
                    .forEach(this::add);
        }
    }

    private Dataset<Row> asked(Dataset<Row> rows) {
        List<Row> keys = questions.stream()
                .map(question -> RowFactory.create(question.dataset(), question.id()))
                .toList();
        return rows.sparkSession().createDataFrame(keys, QUESTION);
    }

    private void add(Row question) {
        BitSet given = new BitSet();
        question.<Integer>getList(3).forEach(given::set);
        parts.put(List.of(question.getString(0), question.getString(1), question.getString(2)), given);
    }

    /** What a run has not given: each the place of its question times the samples, plus the sample. */
    int[] missing(String run) {
        return whole.contains(run)
                ? new int[0]
                : IntStream.range(0, questions.size() * samples)
                        .filter(row -> !has(run, questions.get(row / samples), row % samples))
                        .toArray();
    }

    private boolean has(String run, Question question, int sample) {
        BitSet given = parts.get(List.of(run, question.dataset(), question.id()));
        return given != null && given.get(sample);
    }
}
