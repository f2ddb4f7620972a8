package org.selgen.plan;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.selgen.cluster.SparkSettings;
import org.selgen.lake.Lake;
import org.selgen.lake.Table;

/**
 * How many answers and verdicts of an experiment its lake has. Small tables are read here; large ones are counted by Spark, so that
 * nothing here grows with them. Of neither is a column of text read.
 */
final class AnswerCounts {
    /** The columns of a table of answers, or of verdicts where it has a rubric, that say what a row is about. */
    private record Answered(String run, String dataset, String question, String decoding) {}

    private record Verdict(String run, String dataset, String question, String decoding, String rubric) {}

    /**
     * Whose rows count.
     *
     * @param runs their ids
     * @param questions dataset and id of each
     * @param decoding how the answers are made
     * @param older how older recipes made them
     */
    record Wanted(Set<String> runs, Set<List<String>> questions, String decoding, Set<String> older) {
        boolean own(String run, String dataset, String question, String by) {
            return runs.contains(run) && by.equals(decoding) && questions.contains(List.of(dataset, question));
        }

        boolean older(String run, String by) {
            return runs.contains(run) && older.contains(by);
        }
    }

    /**
     * How many of a run's answers to one question count.
     *
     * @param samples as many as are asked for
     * @param whole whether fewer count for none, since all are made at once
     */
    record Sampling(int samples, boolean whole) {
        long counted(long given) {
            return given >= samples ? samples : whole ? 0 : given;
        }
    }

    private final Lake lake;
    private final Wanted wanted;
    private final Map<String, Long> answers = new HashMap<>(); // by run
    private final Map<String, Long> verdicts = new HashMap<>(); // by rubric, on the experiment's answers
    private final Map<String, Long> anyVerdicts = new HashMap<>(); // and on those of older recipes
    private long older;

    /** @param large whether Spark is to count the rows of a table */
    AnswerCounts(Lake lake, Wanted wanted, Sampling sampling, Predicate<Table<?>> large) {
        this.lake = lake;
        this.wanted = wanted;
        if (wanted.runs().isEmpty()) {
            return;
        }
        lake.likelihoods().forEach(Answered.class, row -> older += wanted.older(row.run(), row.decoding()) ? 1 : 0);
        Table<?> generations = lake.generations();
        if (large.test(generations)) {
            countAnswers(generations.rows(), sampling);
        } else {
            countAnswers(generations, sampling);
        }
        if (large.test(lake.judgements())) {
            countVerdicts(lake.judgements().rows());
        } else {
            countVerdicts(lake.judgements());
        }
    }

    /** Answers of a run that count. */
    long answers(String run) {
        return answers.getOrDefault(run, 0L);
    }

    /** Answers of the runs, freely given or chosen, that an older recipe has left. */
    long older() {
        return older;
    }

    /** Verdicts of a rubric on the experiment's answers. */
    long verdicts(String rubric) {
        return verdicts.getOrDefault(rubric, 0L);
    }

    /** Verdicts on the answers, those of older recipes too, by other versions of a rule. */
    long olderVerdicts(String rubric) {
        String name = rubric.substring(0, rubric.indexOf('@') + 1);
        return anyVerdicts.entrySet().stream()
                .filter(of -> of.getKey().startsWith(name) && !of.getKey().equals(rubric))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private void countAnswers(Table<?> table, Sampling sampling) {
        Map<String, Map<List<String>, Integer>> given = new HashMap<>();
        table.forEach(Answered.class, row -> {
            if (wanted.own(row.run(), row.dataset(), row.question(), row.decoding())) {
                given.computeIfAbsent(row.run(), run -> new HashMap<>())
                        .merge(List.of(row.dataset(), row.question()), 1, Integer::sum);
            } else if (wanted.older(row.run(), row.decoding())) {
                older++;
            }
        });
        given.forEach((run, questions) -> answers.put(
                run, questions.values().stream().mapToLong(sampling::counted).sum()));
    }

    private void countVerdicts(Table<?> table) {
        table.forEach(Verdict.class, row -> {
            if (wanted.own(row.run(), row.dataset(), row.question(), row.decoding())) {
                verdicts.merge(row.rubric(), 1L, Long::sum);
            }
            boolean now = row.decoding().equals(wanted.decoding());
            if (wanted.older(row.run(), row.decoding()) || (now && wanted.runs().contains(row.run()))) {
                anyVerdicts.merge(row.rubric(), 1L, Long::sum);
            }
        });
    }

    private void countAnswers(Dataset<Row> rows, Sampling sampling) {
        Dataset<Row> some = some(rows);
        Dataset<Row> own = some.where(col("decoding").equalTo(wanted.decoding()).and(col("asked")))
                .repartition(col("run")) // so that both sums are made where the rows are
                .groupBy("run", "dataset", "question")
                .count()
                .groupBy("run", "count")
                .agg(org.apache.spark.sql.functions.count(lit(1)).as("questions"));
        for (Row row : own.collectAsList()) {
            answers.merge(row.getString(0), row.getLong(2) * sampling.counted(row.getLong(1)), Long::sum);
        }
        if (!wanted.older().isEmpty()) {
            older += some.where(col("decoding").isin(wanted.older().toArray())).count();
        }
    }

    private void countVerdicts(Dataset<Row> rows) {
        for (Row row : some(rows).groupBy("rubric", "decoding", "asked").count().collectAsList()) {
            if (row.getString(1).equals(wanted.decoding()) && row.getBoolean(2)) {
                verdicts.merge(row.getString(0), row.getLong(3), Long::sum);
            }
            anyVerdicts.merge(row.getString(0), row.getLong(3), Long::sum);
        }
    }

    /** The rows of the runs and of any recipe, with the column {@code asked}: whether the question is one of the experiment's. */
    private Dataset<Row> some(Dataset<Row> rows) {
        Object[] decodings = Stream.concat(Stream.of(wanted.decoding()), wanted.older().stream())
                .toArray();
        List<Row> runs = wanted.runs().stream().map(RowFactory::create).toList();
        List<Row> asked = new ArrayList<>();
        wanted.questions().forEach(key -> asked.add(RowFactory.create(key.get(0), key.get(1), true)));
        StructType run = new StructType().add("run", DataTypes.StringType);
        StructType key = new StructType().add("dataset", DataTypes.StringType).add("question", DataTypes.StringType);
        SparkSettings.forLargeTables(lake.spark());
        Dataset<Row> known = lake.spark().createDataFrame(asked, key.add("asked", DataTypes.BooleanType));
        return rows.where(col("decoding").isin(decodings))
                .join(broadcast(lake.spark().createDataFrame(runs, run)), run.fieldNames(), "left_semi")
                .join(broadcast(known), key.fieldNames(), "left")
                .withColumn("asked", coalesce(col("asked"), lit(false)));
    }
}
