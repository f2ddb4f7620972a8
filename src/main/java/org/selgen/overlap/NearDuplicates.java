package org.selgen.overlap;

import static org.apache.spark.sql.functions.col;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.MurmurHash3;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.feature.HashingTF;
import org.apache.spark.ml.feature.IDF;
import org.apache.spark.ml.feature.MinHashLSH;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.selgen.lake.RowSlices;
import org.selgen.overlap.Bucket.Candidates;
import org.selgen.overlap.Bucket.Member;

/**
 * Pairs of different prompts with nearly the same words, by banded MinHash (Broder 1997; Leskovec, Rajaraman and Ullman,
 * Mining of Massive Datasets, section 3.4). Spark's {@link MinHashLSH} gives b·r hashes of a prompt's set of word
 * 3-grams; its own search takes them all apart (r = 1), which on prompts of one template compares most with most. Here
 * they are b bands of r: two prompts are compared if all r hashes of some band agree, so that a pair of the Jaccard
 * similarity s is compared with the probability
 * <pre>
 *   1 − (1 − s^r)^b        b = 7, r = 6:  0.995 at s = 0.9, 0.9999 at 0.95; 0.58 at 0.7, 0.10 at 0.5
 * </pre>
 * Each pair that is compared is verified by its true similarity. What is done with a band that a template fills alone,
 * says {@link Bucket}.
 */
final class NearDuplicates {
    static final int BANDS = 7;
    static final int ROWS = 6;

    private static final int SHINGLES = 1 << 20; // hashed
    private static final StructType TEXTS = new StructType()
            .add("number", DataTypes.LongType)
            .add("set", DataTypes.IntegerType)
            .add("trained", DataTypes.BooleanType)
            .add("text", DataTypes.StringType)
            .add("words", DataTypes.createArrayType(DataTypes.StringType));
    private static final StructType MEMBERS = new StructType()
            .add("bucket", DataTypes.LongType)
            .add("number", DataTypes.LongType)
            .add("set", DataTypes.IntegerType)
            .add("trained", DataTypes.BooleanType)
            .add("size", DataTypes.IntegerType)
            .add("rare", DataTypes.createArrayType(DataTypes.IntegerType));
    private static final StructType PAIRS =
            new StructType().add("left", DataTypes.LongType).add("right", DataTypes.LongType);
    private static final StructType FOUND = PAIRS.add("similarity", DataTypes.DoubleType);

    private final double likeness;
    private final Dataset<Row> texts;
    private final LongAccumulator more;

    /**
     * Among prompts that are all different within their sets.
     *
     * @param likeness least Jaccard similarity, in (0, 1)
     */
    NearDuplicates(SparkSession spark, List<Text> prompts, double likeness) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        this.likeness = likeness;
        this.more = spark.sparkContext().longAccumulator();
        this.texts = spark.createDataFrame(
                RowSlices.of(context, prompts, text -> 100 + 2L * text.text.length())
                        .map(Text::row),
                TEXTS);
    }

    /**
     * A prompt.
     *
     * @param number of it, among all sets
     * @param set number of its set
     * @param trained whether that is trained on
     */
    record Text(long number, int set, boolean trained, String text) implements Serializable {
        private Row row() {
            return RowFactory.create(
                    number, set, trained, text, Shingles.of(text).toArray(String[]::new));
        }
    }

    /** Columns left, right and similarity: numbers of two prompts, that of training first, and of an earlier set. */
    Dataset<Row> pairs() {
        Dataset<Row> left = texts.select(col("number").as("left"), col("text").as("leftText"));
        Dataset<Row> right = texts.select(col("number").as("right"), col("text").as("rightText"));
        MapFunction<Row, Row> verify = row -> RowFactory.create(
                row.getAs("left"), row.getAs("right"), Shingles.jaccard(row.getAs("leftText"), row.getAs("rightText")));
        return candidates()
                .join(left, "left")
                .join(right, "right")
                .where("leftText != rightText")
                .map(verify, Encoders.row(FOUND))
                .where(col("similarity").geq(likeness));
    }

    /** Comparisons that were left out, since too many prompts share their rarest words; known once the pairs are. */
    long leftOut() {
        return more.value();
    }

    /** Columns left and right: each pair to compare, once. */
    Dataset<Row> candidates() {
        double least = likeness;
        LongAccumulator count = more;
        FlatMapGroupsFunction<Long, Row, Row> compare = (key, rows) -> {
            List<Member> members = new ArrayList<>();
            rows.forEachRemaining(row -> members.add(member(row)));
            Candidates candidates = new Bucket(members).candidates(least);
            count.add(candidates.more());
            return candidates.pairs().stream()
                    .map(pair -> RowFactory.create(pair.left(), pair.right()))
                    .iterator();
        };
        return members()
                .groupByKey((MapFunction<Row, Long>) row -> row.getLong(0), Encoders.LONG())
                .flatMapGroups(compare, Encoders.row(PAIRS))
                .distinct();
    }

    /** Each prompt once for each of its bands. */
    private Dataset<Row> members() {
        Dataset<Row> hashed = new HashingTF()
                .setInputCol("words")
                .setOutputCol("features")
                .setNumFeatures(SHINGLES)
                .setBinary(true)
                .transform(texts);
        long[] prompts = new IDF().setInputCol("features").fit(hashed).docFreq();
        Broadcast<long[]> frequency = JavaSparkContext.fromSparkContext(
                        texts.sparkSession().sparkContext())
                .broadcast(prompts);
        double least = likeness;
        FlatMapFunction<Row, Row> members = row -> {
            int[] rare = rarest(row.getAs("features"), frequency.value(), least);
            List<Vector> hashes = row.getList(row.fieldIndex("hashes"));
            int size = row.getList(row.fieldIndex("words")).size();
            return IntStream.range(0, BANDS)
                    .mapToObj(band -> RowFactory.create(
                            key(band, hashes), row.getAs("number"), row.getAs("set"), row.getAs("trained"), size, rare))
                    .iterator();
        };
        return new MinHashLSH()
                .setInputCol("features")
                .setOutputCol("hashes")
                .setNumHashTables(BANDS * ROWS)
                .setSeed(1)
                .fit(hashed)
                .transform(hashed)
                .flatMap(members, Encoders.row(MEMBERS));
    }

    private static int[] rarest(Vector features, long[] frequency, double likeness) {
        int[] shingles = features.toSparse().indices();
        return IntStream.of(shingles)
                .boxed()
                .sorted(Comparator.<Integer>comparingLong(shingle -> frequency[shingle])
                        .thenComparing(Comparator.naturalOrder()))
                .limit(Bucket.rarest(shingles.length, likeness))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static long key(int band, List<Vector> hashes) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Integer.BYTES + ROWS * Double.BYTES).putInt(band);
        hashes.subList(band * ROWS, (band + 1) * ROWS).forEach(hash -> bytes.putDouble(hash.apply(0)));
        return MurmurHash3.hash128x64(bytes.array())[0];
    }

    private static Member member(Row row) {
        return new Member(
                row.getAs("number"),
                row.getAs("set"),
                row.getAs("trained"),
                row.getAs("size"),
                row.<Integer>getList(row.fieldIndex("rare")).stream()
                        .mapToInt(Integer::intValue)
                        .toArray());
    }
}
