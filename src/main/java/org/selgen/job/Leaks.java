package org.selgen.job;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.feature.HashingTF;
import org.apache.spark.ml.feature.MinHashLSH;
import org.apache.spark.ml.feature.MinHashLSHModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.selgen.data.Leak;
import org.selgen.data.Message;

/**
 * Finds prompts that stand in two sets: equal ones exactly, and likely ones by MinHash (Broder 1997) over word 3-grams,
 * as Spark's {@link MinHashLSH} has it. A near pair is found with a probability that grows with its likeness.
 *
 * @param spark the session
 * @param likeness least Jaccard similarity of a near pair, in (0, 1)
 */
record Leaks(SparkSession spark, double likeness) {
    private static final int FEATURES = 1 << 18;
    private static final int HASH_TABLES = 3;
    private static final StructType SHINGLED = new StructType()
            .add("id", DataTypes.StringType)
            .add("text", DataTypes.StringType)
            .add("words", DataTypes.createArrayType(DataTypes.StringType));

    static final String EXACT = "exact";
    static final String NEAR = "near";

    /**
     * Prompts of a set, one of each text.
     *
     * @param name dataset and split
     * @param ids an id for each different text
     */
    record Prompts(String name, Map<String, String> ids) {
        static Prompts of(String name, List<String> ids, List<List<Message>> prompts) {
            Map<String, String> texts = new HashMap<>();
            for (int i = 0; i < ids.size(); i++) {
                texts.putIfAbsent(Shingles.text(prompts.get(i)), ids.get(i));
            }
            return new Prompts(name, texts);
        }
    }

    /** Pairs of prompts of two sets. */
    List<Leak> between(Prompts left, Prompts right) {
        List<Leak> leaks = new ArrayList<>();
        left.ids().forEach((text, id) -> {
            if (right.ids().containsKey(text)) {
                leaks.add(new Leak(left.name(), id, right.name(), right.ids().get(text), EXACT, 1));
            }
        });
        leaks.addAll(near(left, right));
        return leaks;
    }

    private List<Leak> near(Prompts left, Prompts right) {
        Dataset<Row> a = hashed(left);
        Dataset<Row> b = hashed(right);
        MinHashLSHModel model = new MinHashLSH()
                .setInputCol("features")
                .setOutputCol("hashes")
                .setNumHashTables(HASH_TABLES)
                .setSeed(1)
                .fit(a);
        return model
                .approxSimilarityJoin(a, b, 1 - likeness, "distance")
                .where("datasetA.text != datasetB.text")
                .select(col("datasetA.id"), col("datasetB.id"), col("distance"))
                .collectAsList()
                .stream()
                .map(pair -> new Leak(
                        left.name(), pair.getString(0), right.name(), pair.getString(1), NEAR, 1 - pair.getDouble(2)))
                .toList();
    }

    private Dataset<Row> hashed(Prompts prompts) {
        List<Row> rows = prompts.ids().entrySet().stream()
                .map(e -> RowFactory.create(
                        e.getValue(), e.getKey(), Shingles.of(e.getKey()).toArray(String[]::new)))
                .toList();
        return new HashingTF()
                .setInputCol("words")
                .setOutputCol("features")
                .setNumFeatures(FEATURES)
                .setBinary(true)
                .transform(spark.createDataFrame(rows, SHINGLED));
    }
}
