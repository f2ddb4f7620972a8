package org.selgen.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.selgen.cluster.Gpus;
import org.selgen.cluster.MasterConnectionCheck;
import org.selgen.cluster.ProgressPlugin;
import org.selgen.cluster.WorkerGpuCheck;
import org.selgen.data.BadInput;
import org.selgen.lake.Lake;
import org.selgen.lake.Storage;
import picocli.CommandLine.Option;

/** Where a verb works: the options that all verbs share, and the Spark session and lake they lead to. */
public final class SparkOptions {
    private static final List<String> GPU_KEYS = List.of(Gpus.EXECUTOR, Gpus.TASK, "spark.driver.resource.gpu.amount");

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

    Lake create() throws IOException {
        return Lake.create(session(), Storage.of(lake));
    }

    Lake look() throws IOException {
        return Lake.open(session(), Storage.of(lake));
    }

    SparkSession session() {
        if (verbose) {
            Configurator.setLevel("org.selgen", Level.DEBUG);
        }
        SparkConf settings = settings();
        MasterConnectionCheck.check(settings);
        SparkSession session = SparkSession.builder().config(settings).getOrCreate();
        WorkerGpuCheck.check(session.sparkContext());
        return session;
    }

    /** What spark-submit was given, then the options, then what we need and nobody has set. */
    SparkConf settings() {
        SparkConf settings = new SparkConf();
        if (conf != null) {
            conf.forEach(settings::set);
        }
        if (master != null) {
            settings.setMaster(master);
        }
        settings.setIfMissing("spark.master", "local[*]");
        settings.setIfMissing("spark.app.name", "selgen");
        Lake.settings().forEach(settings::setIfMissing);
        settings.setIfMissing("spark.plugins", ProgressPlugin.class.getName());
        settings.setIfMissing("spark.ui.showConsoleProgress", "false");
        settings.setIfMissing("spark.task.reaper.enabled", "true"); // a task that does not end when stopped
        settings.setIfMissing("spark.task.reaper.killTimeout", "120s");
        settings.setIfMissing("spark.redaction.regex", "(?i)secret|password|token|api.?key|access.?key");
        if (settings.get("spark.master").startsWith("local")) {
            local(settings);
        }
        Gpus.check(settings);
        // Our tables are small: compiling a plan costs more than running it, and planning it anew too.
        settings.setIfMissing("spark.sql.shuffle.partitions", "4");
        settings.setIfMissing("spark.sql.codegen.wholeStage", "false");
        settings.setIfMissing("spark.sql.adaptive.enabled", "false");
        if (settings.get("spark.master").matches("spark://(127\\..*|localhost:.*)")) {
            settings.setIfMissing("spark.driver.host", "127.0.0.1"); // a cluster of this machine: nobody else may call
            settings.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
        }
        return settings;
    }

    private static void local(SparkConf settings) {
        for (String key : GPU_KEYS) {
            if (!settings.get(key, "0").equals("0")) {
                throw new BadInput(
                        key + " is " + settings.get(key) + " but master is " + settings.get("spark.master")
                                + ", where Spark would wait for GPUs for ever; take the setting out, or give a cluster's --master");
            }
        }
        if (settings.get("spark.master").matches("local(\\[.*])?")) { // not local-cluster, whose executors must find us
            settings.setIfMissing("spark.driver.host", "localhost");
            settings.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
            settings.setIfMissing("spark.ui.enabled", "false");
        }
    }
}
