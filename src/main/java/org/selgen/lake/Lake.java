package org.selgen.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.selgen.data.BadInput;
import org.selgen.data.Example;
import org.selgen.data.Generation;
import org.selgen.data.Judgement;
import org.selgen.data.Leak;
import org.selgen.data.Likelihood;
import org.selgen.data.Proximity;
import org.selgen.data.Question;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.data.StepMetrics;

/**
 * Everything the project keeps, under one folder that the driver and all executors see.
 * <pre>
 *   models/NAME/  raw/                         what goes in
 *   parquet/examples/  parquet/questions/      what prepare made of raw
 *   adapters/RUN/                              what train learned
 *   checkpoints/RUN/                           of what it has not learned to the end
 *   delta/runs steps generations likelihoods judgements scores leaks proximity
 *   report/EXPERIMENT/
 *   version  lock                              of this layout; who writes
 * </pre>
 *
 * @param spark the session
 * @param root the folder
 */
public record Lake(SparkSession spark, Path root) {
    /** Raised when a lake of the last version can no longer be read or written as it is. */
    public static final int VERSION = 1;

    /** What a Spark session needs to read and write the lake. */
    public static Map<String, String> settings() {
        return Map.of(
                "spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension",
                "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog",
                "spark.databricks.delta.snapshotPartitions", "1");
    }

    /**
     * The lake in a folder, to read; touches nothing.
     *
     * @throws BadInput if a newer version of selgen wrote it
     */
    public static Lake open(SparkSession spark, Path root) throws IOException {
        Path version = versionFile(root);
        if (Files.exists(version)) {
            check(root, Files.readString(version).strip());
        }
        return new Lake(spark, root.toAbsolutePath().normalize());
    }

    /** The lake in a folder, to write; makes the folder if there is none. */
    public static Lake create(SparkSession spark, Path root) throws IOException {
        Lake lake = open(spark, root);
        if (!Files.exists(versionFile(root))) {
            Files.createDirectories(root);
            Files.writeString(versionFile(root), VERSION + "\n");
        }
        return lake;
    }

    /**
     * The right to write, until it is closed.
     *
     * @throws BadInput if another process writes this lake
     */
    public Lock lock() throws IOException {
        return Lock.take(root, Clock.systemUTC());
    }

    public Prepared<Example> examples() {
        return new Prepared<>(spark, root.resolve("parquet/examples"), Example.class);
    }

    public Prepared<Question> questions() {
        return new Prepared<>(spark, root.resolve("parquet/questions"), Question.class);
    }

    public Table<Run> runs() {
        return table("runs", Run.class, "id");
    }

    public Table<StepMetrics> steps() {
        return table("steps", StepMetrics.class, "run", "step");
    }

    public Table<Generation> generations() {
        return table("generations", Generation.class, "run", "dataset", "question", "sample", "decoding");
    }

    public Table<Likelihood> likelihoods() {
        return table("likelihoods", Likelihood.class, "run", "dataset", "question", "decoding");
    }

    public Table<Judgement> judgements() {
        return table("judgements", Judgement.class, "run", "dataset", "question", "sample", "decoding", "rubric");
    }

    public Table<Score> scores() {
        return table("scores", Score.class, "experiment", "run", "metric", "label");
    }

    public Table<Leak> leaks() {
        return table("leaks", Leak.class, "left", "leftId", "right", "rightId");
    }

    /** How far the proxies lie from the questions. */
    public Table<Proximity> proximity() {
        return table("proximity", Proximity.class, "experiment", "proxy", "dataset", "label");
    }

    /** Every table by the name it has in SQL. */
    public Map<String, Dataset<Row>> views() throws IOException {
        Map<String, Dataset<Row>> views = new LinkedHashMap<>();
        views.put("examples", examples().rows());
        views.put("questions", questions().rows());
        views.put("runs", runs().rows());
        views.put("steps", steps().rows());
        views.put("generations", generations().rows());
        views.put("likelihoods", likelihoods().rows());
        views.put("judgements", judgements().rows());
        views.put("scores", scores().rows());
        views.put("leaks", leaks().rows());
        views.put("proximity", proximity().rows());
        return views;
    }

    /** Whether a verb has ever written here. */
    public boolean written() {
        return Files.exists(versionFile(root));
    }

    public Path model(String name) {
        return root.resolve("models").resolve(name);
    }

    public Path adapters() {
        return root.resolve("adapters");
    }

    /** Of trainings that have not ended yet, a folder each. */
    public Path checkpoints() {
        return root.resolve("checkpoints");
    }

    /** Deletes the checkpoints of a training that has ended, its stages' too. */
    public void forgetCheckpoints(String training) {
        Path folder = checkpoints().resolve(training);
        if (training.isEmpty() || !Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("checkpoints cannot be deleted in " + folder, e);
        }
    }

    public Path report(String experiment) {
        return root.resolve("report").resolve(experiment);
    }

    /**
     * Whether these sets were compared as they are now.
     *
     * @param sets their names
     * @param rows hash of all their rows
     */
    public boolean compared(List<String> sets, String rows) throws IOException {
        Path mark = comparison(sets);
        return Files.exists(mark) && Files.readString(mark).equals(rows);
    }

    /** Keeps what comparing sets found, in place of what an earlier comparison of any two of them did. */
    public void compare(List<String> sets, String rows, List<Leak> found) throws IOException {
        Object[] names = sets.toArray();
        leaks().replace(
                        functions
                                .col("left")
                                .isin(names)
                                .and(functions.col("right").isin(names)),
                        found);
        Files.createDirectories(comparison(sets).getParent());
        Files.writeString(comparison(sets), rows);
    }

    private Path comparison(List<String> sets) {
        return root.resolve("parquet/compared").resolve(Fingerprint.of(sets));
    }

    private <T extends Record> Table<T> table(String name, Class<T> type, String... key) {
        return new Table<>(spark, root.resolve("delta").resolve(name).toString(), type, List.of(key));
    }

    private static Path versionFile(Path root) {
        return root.resolve("version");
    }

    private static void check(Path root, String version) {
        if (!version.matches("\\d{1,9}")) {
            throw new BadInput(versionFile(root) + " holds '" + version + "' but must hold a number; is " + root
                    + " a lake? Give another --lake");
        }
        if (Integer.parseInt(version) > VERSION) {
            throw new BadInput("the lake " + root + " has version " + version
                    + ", but this selgen knows versions up to " + VERSION + "; use a newer selgen or another --lake");
        }
    }
}
