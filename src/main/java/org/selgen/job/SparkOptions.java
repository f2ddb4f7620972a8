package org.selgen.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.selgen.cluster.Gpus;
import org.selgen.cluster.SparkSettings;
import org.selgen.data.BadInput;
import org.selgen.lake.Lake;
import org.selgen.lake.Storage;
import picocli.CommandLine.Option;

/** Where a verb works: the options that all verbs share, and the Spark session and lake they lead to. */
public final class SparkOptions {
    /** Ours, and the one that spark-submit gives. */
    private static final Set<String> NAMES_OF_NO_ONE = Set.of("selgen", "org.selgen.Main");

    @Option(
            names = "--lake",
            paramLabel = "DIR",
            defaultValue = "data-lake",
            description = "Folder of models, data and results, or a place that Hadoop knows, as hdfs://host/lake"
                    + " (default: ${DEFAULT-VALUE}).")
    String lake = "data-lake";

    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "Spark master, as spark://host:7077 (default: local[*], this machine).")
    @Nullable
    String master;

    @Option(
            names = "--conf",
            paramLabel = "KEY=VALUE",
            description = "A setting of Spark, as spark.executor.memory=8g; may be repeated.")
    @Nullable
    Map<String, String> conf;

    @Option(
            names = "--properties-file",
            paramLabel = "FILE",
            description = "Settings of Spark in place of conf/spark-defaults.conf, as conf/spark-standalone.conf.")
    @Nullable
    Path properties; // read by spark-submit, which comes before us

    @Option(
            names = {"-v", "--verbose"},
            description = "Log more, with the places where errors happened.")
    boolean verbose;

    /** @param words what the user gave, without options, as the cluster's pages show it */
    Lake create(String words) throws IOException {
        SparkSession session = session(words).get();
        return Lake.create(() -> session, Storage.of(lake));
    }

    /** The same to read only. Spark starts when rows are read, if there are any. */
    public Lake look(String words) throws IOException {
        return Lake.open(session(words), Storage.of(lake));
    }

    /**
     * The same of a lake that a verb has written.
     *
     * @throws BadInput if there is none
     */
    public Lake written(String words) throws IOException {
        return written(words, lake);
    }

    /** The same of another place than {@code --lake} names. */
    public Lake written(String words, String other) throws IOException {
        Lake found = Lake.open(session(words), Storage.of(other));
        if (!found.written()) {
            throw new BadInput("there is no lake in " + found.storage().uri() + "; give another --lake");
        }
        return found;
    }

    /** A place that is no lake yet; starts Spark where it is one that only Hadoop knows. */
    public Storage place(Lake of, String uri) {
        Storage place = Storage.of(uri);
        if (place.uri().contains("://")) {
            var unused = of.spark();
        }
        return place;
    }

    private Supplier<SparkSession> session(String words) {
        if (verbose) {
            Configurator.setLevel("org.selgen", Level.DEBUG);
        }
        return SparkSettings.session(settings(words));
    }

    /** How many tasks run at once; starts Spark only where the settings do not say. */
    long slots(Lake lake) {
        return Gpus.slots(settings())
                .orElseGet(() -> Gpus.slots(new JavaSparkContext(lake.spark().sparkContext())));
    }

    SparkConf settings(String words) {
        SparkConf settings = settings();
        if (NAMES_OF_NO_ONE.contains(settings.get("spark.app.name"))) {
            settings.setAppName("selgen " + words);
        }
        return settings;
    }

    SparkConf settings() {
        return SparkSettings.of(master, conf == null ? Map.of() : conf);
    }
}
