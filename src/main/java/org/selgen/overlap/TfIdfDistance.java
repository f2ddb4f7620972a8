package org.selgen.overlap;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.CountVectorizer;
import org.apache.spark.ml.feature.IDF;
import org.apache.spark.ml.feature.Normalizer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.stat.Summarizer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * How far sets of texts lie from each other, by Spark's TF-IDF. A text is the vector of its words' weights, scaled to length 1,
 * so that each text weighs the same:
 * <pre>
 *   v_w = tf_w · log((m + 1) / (df_w + 1))        m texts in all sets, df_w of them with the word w
 *   distance(a, b) = 1 − a·b / (|a| |b|)          cosine distance, in [0, 1] since no weight is negative
 *   centroid(P, Q) = distance(mean of P, mean of Q)
 *   nearest(P, Q)  = mean over q in Q of min over p in P of distance(q, p)
 * </pre>
 * A word that every text has weighs nothing. A text of nothing else is at distance 0 from its like and 1 from all others.
 */
public final class TfIdfDistance {
    private static final StructType TEXTS = new StructType()
            .add("set", DataTypes.IntegerType)
            .add("words", DataTypes.createArrayType(DataTypes.StringType));

    private TfIdfDistance() {}

    /** Both distances between two sets. */
    public record SetDistance(double centroid, double nearest) {}

    /**
     * The distances of some sets from others.
     *
     * @param from sets of texts by name, none empty
     * @param to the same; the names may be anything that tells sets apart
     * @return by {@code from}, then by {@code to}, both in their order
     */
    public static <K> Map<String, Map<K, SetDistance>> between(
            SparkSession spark, Map<String, List<String>> from, Map<K, List<String>> to) {
        List<List<String>> sets = new ArrayList<>(from.values());
        sets.addAll(to.values());
        Dataset<Row> vectors = vectors(spark, sets).cache();
        try {
            Map<Integer, Vector> centroids = new LinkedHashMap<>();
            vectors.groupBy("set")
                    .agg(Summarizer.mean(col("vector")))
                    .collectAsList()
                    .forEach(row -> centroids.put(row.getInt(0), row.getAs(1)));
            Map<String, Map<K, SetDistance>> distances = new LinkedHashMap<>();
            int p = 0;
            for (String proxy : from.keySet()) {
                Map<Integer, Double> nearest = nearest(vectors, p);
                Map<K, SetDistance> row = new LinkedHashMap<>();
                int q = from.size();
                for (K other : to.keySet()) {
                    row.put(other, new SetDistance(distance(centroids.get(p), centroids.get(q)), nearest.get(q)));
                    q++;
                }
                distances.put(proxy, row);
                p++;
            }
            return distances;
        } finally {
            vectors.unpersist();
        }
    }

    /** Columns set and vector; a row for each text. */
    private static Dataset<Row> vectors(SparkSession spark, List<List<String>> sets) {
        List<Row> rows = new ArrayList<>();
        for (int set = 0; set < sets.size(); set++) {
            for (String text : sets.get(set)) {
                rows.add(RowFactory.create(set, (Object) text.split(" ")));
            }
        }
        PipelineStage[] stages = {
            new CountVectorizer().setInputCol("words").setOutputCol("counts"),
            new IDF().setInputCol("counts").setOutputCol("weights"),
            new Normalizer().setInputCol("weights").setOutputCol("vector")
        };
        Dataset<Row> texts = spark.createDataFrame(rows, TEXTS);
        return new Pipeline().setStages(stages).fit(texts).transform(texts).select("set", "vector");
    }

    /** For each set, the mean distance of its texts to the nearest text of one set. */
    private static Map<Integer, Double> nearest(Dataset<Row> vectors, int set) {
        List<Vector> there = vectors.where(col("set").equalTo(set)).select("vector").collectAsList().stream()
                .map(row -> row.<Vector>getAs(0))
                .toList();
        Broadcast<List<Vector>> proxies = JavaSparkContext.fromSparkContext(
                        vectors.sparkSession().sparkContext())
                .broadcast(there);
        StructType measured = new StructType().add("set", DataTypes.IntegerType).add("distance", DataTypes.DoubleType);
        MapFunction<Row, Row> measure =
                row -> RowFactory.create(row.getInt(0), toNearest(row.getAs(1), proxies.value()));
        Map<Integer, Double> means = new LinkedHashMap<>();
        vectors.map(measure, Encoders.row(measured))
                .groupBy("set")
                .avg("distance")
                .collectAsList()
                .forEach(row -> means.put(row.getInt(0), row.getDouble(1)));
        return means;
    }

    static double toNearest(Vector text, List<Vector> others) {
        return others.stream()
                .map(other -> distance(text, other))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    static double distance(Vector a, Vector b) {
        double lengths = Vectors.norm(a, 2) * Vectors.norm(b, 2);
        if (lengths == 0) {
            return a.numNonzeros() == b.numNonzeros() ? 0 : 1;
        }
        return Math.max(0, Math.min(1, 1 - a.dot(b) / lengths));
    }
}
