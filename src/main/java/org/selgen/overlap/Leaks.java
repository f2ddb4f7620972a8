package org.selgen.overlap;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.feature.HashingTF;
import org.apache.spark.ml.feature.MinHashLSH;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.selgen.data.Leak;
import org.selgen.data.Message;

/** Finds prompts that stand in a training set and in a later set of a list. */
public final class Leaks {
    public static final String EXACT = "exact";
    static final String NEAR = "near";

    private static final int FEATURES = 1 << 18;
    private static final int HASH_TABLES = 3;
    private static final StructType SHINGLED = new StructType()
            .add("set", DataTypes.IntegerType)
            .add("id", DataTypes.StringType)
            .add("text", DataTypes.StringType)
            .add("words", DataTypes.createArrayType(DataTypes.StringType));

    private Leaks() {}

    /**
     * The different prompts of a set.
     *
     * @param name of the set
     * @param training whether it is trained on
     * @param ids the id of one row of each different text
     */
    public record Prompts(String name, boolean training, Map<String, String> ids) {
        public static Prompts of(String name, boolean training, List<String> ids, List<List<Message>> prompts) {
            Map<String, String> texts = new HashMap<>();
            for (int i = 0; i < ids.size(); i++) {
                texts.putIfAbsent(Shingles.text(prompts.get(i)), ids.get(i));
            }
            return new Prompts(name, training, texts);
        }
    }

    /** Prompts with the same words. */
    public static List<Leak> exact(List<Prompts> sets) {
        List<Leak> leaks = new ArrayList<>();
        for (int i = 0; i < sets.size(); i++) {
            Prompts left = sets.get(i);
            for (Prompts right : left.training() ? sets.subList(i + 1, sets.size()) : List.<Prompts>of()) {
                left.ids().forEach((text, id) -> {
                    String other = right.ids().get(text);
                    if (other != null) {
                        leaks.add(new Leak(left.name(), id, right.name(), other, EXACT, 1));
                    }
                });
            }
        }
        return leaks;
    }

    /**
     * Different prompts whose sets of word 3-grams are alike, by MinHash (Broder 1997) as Spark's {@link MinHashLSH} has
     * it. A pair is found with a probability that grows with its likeness: above 0.99 at a likeness of 0.9.
     *
     * @param likeness least Jaccard similarity, in (0, 1)
     */
    public static List<Leak> near(SparkSession spark, List<Prompts> sets, double likeness) {
        Dataset<Row> rows = hashed(spark, sets);
        int training = (int) sets.stream().filter(Prompts::training).count();
        Dataset<Row> trained = rows.where(col("set").lt(training));
        return new MinHashLSH()
                        .setInputCol("features")
                        .setOutputCol("hashes")
                        .setNumHashTables(HASH_TABLES)
                        .setSeed(1)
                        .fit(rows)
                        .approxSimilarityJoin(trained, rows, 1 - likeness, "distance")
                        .where("datasetA.set < datasetB.set AND datasetA.text != datasetB.text")
                        .select("datasetA.set", "datasetA.id", "datasetB.set", "datasetB.id", "distance")
                        .collectAsList()
                        .stream()
                        .map(pair -> new Leak(
                                sets.get(pair.getInt(0)).name(),
                                pair.getString(1),
                                sets.get(pair.getInt(2)).name(),
                                pair.getString(3),
                                NEAR,
                                1 - pair.getDouble(4)))
                        .toList();
    }

    private static Dataset<Row> hashed(SparkSession spark, List<Prompts> sets) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < sets.size(); i++) {
            int set = i;
            sets.get(i)
                    .ids()
                    .forEach((text, id) -> rows.add(
                            RowFactory.create(set, id, text, Shingles.of(text).toArray(String[]::new))));
        }
        return new HashingTF()
                .setInputCol("words")
                .setOutputCol("features")
                .setNumFeatures(FEATURES)
                .setBinary(true)
                .transform(spark.createDataFrame(rows, SHINGLED));
    }
}
