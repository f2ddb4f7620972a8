package org.selgen.cluster;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;
import org.selgen.lake.DeltaSettings;

/** The settings of the Spark session that all verbs work in. */
public final class SparkSettings {
    private static final List<String> GPU_KEYS = List.of(Gpus.EXECUTOR, Gpus.TASK, "spark.driver.resource.gpu.amount");

    private static final String PARTITIONS = "spark.sql.shuffle.partitions";
    private static final int FEW = 4;

    private static final String COMPILED = "spark.sql.codegen.wholeStage";

    private static final List<String> HUB_VARIABLES =
            List.of("HF_ENDPOINT", "HF_HOME", "HF_HUB_CACHE", "HF_HUB_OFFLINE");

    private SparkSettings() {}

    /**
     * The session of these settings, which starts when it is first asked for. Asking throws {@link BadInput} if a cluster's
     * master does not let us in, or its workers lack what is asked for.
     */
    public static Supplier<SparkSession> session(SparkConf settings) {
        AtomicReference<@Nullable SparkSession> started = new AtomicReference<>();
        return () -> {
            SparkSession there = started.get();
            if (there == null) {
                there = start(settings);
                started.set(there);
            }
            return there;
        };
    }

    private static SparkSession start(SparkConf settings) {
        MasterConnectionCheck.check(settings);
        SparkSession session = SparkSession.builder()
                .config(LocalMaster.withSpareSlot(settings))
                .getOrCreate();
        WorkerGpuCheck.check(session.sparkContext());
        return session;
    }

    /**
     * What spark-submit was given, then the options, then what we need and nobody has set.
     *
     * @param master the option of that name
     * @param conf the options of that name
     */
    public static SparkConf of(@Nullable String master, Map<String, String> conf) {
        SparkConf settings = new SparkConf();
        conf.forEach(settings::set);
        if (master != null) {
            settings.setMaster(master);
        }
        settings.setIfMissing("spark.master", "local[*]");
        settings.setIfMissing("spark.app.name", "selgen");
        DeltaSettings.ALL.forEach(settings::setIfMissing);
        plugin(settings);
        settings.setIfMissing("spark.ui.showConsoleProgress", "false");
        settings.setIfMissing("spark.task.reaper.enabled", "true"); // a task that does not end when stopped
        settings.setIfMissing("spark.task.reaper.killTimeout", "120s");
        settings.setIfMissing("spark.redaction.regex", "(?i)secret|password|token|api.?key|access.?key");
        if (settings.get("spark.master").startsWith("local")) {
            local(settings);
        }
        hub(settings, System.getenv());
        Gpus.check(settings);
        // Our tables are small: compiling a plan costs more than running it, and planning it anew too.
        if (LocalMaster.cores(settings).isPresent()) {
            settings.setIfMissing(PARTITIONS, String.valueOf(FEW));
        }
        settings.setIfMissing(COMPILED, "false");
        settings.setIfMissing("spark.sql.adaptive.enabled", "false");
        if (settings.get("spark.master").matches("spark://(127\\..*|localhost:.*)")) {
            settings.setIfMissing("spark.driver.host", "127.0.0.1"); // a cluster of this machine: nobody else may call
            settings.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
        }
        return settings;
    }

    /** From now on the rows that a query moves are as many tasks as the cluster has slots, or may soon have. */
    public static void forAllSlots(SparkSession session) {
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        partitions(spark.getConf(), Backlog.inFlight(spark))
                .ifPresent(many -> session.conf().set(PARTITIONS, many));
    }

    /** How many that is; none on one machine, or where the user has set it. */
    static OptionalLong partitions(SparkConf settings, long slots) {
        return settings.contains(PARTITIONS) ? OptionalLong.empty() : OptionalLong.of(Math.max(FEW, slots));
    }

    /** From now on the session's plans are compiled: of a large table that takes less than what it saves. */
    public static void forLargeTables(SparkSession session) {
        session.conf().set(COMPILED, "true");
    }

    /** Ours, beside those that are set. */
    private static void plugin(SparkConf settings) {
        String ours = ProgressPlugin.class.getName();
        String set = settings.get("spark.plugins", "");
        if (!set.contains(ours)) {
            settings.set("spark.plugins", set.isBlank() ? ours : set + "," + ours);
        }
    }

    /** Executors look for models of the Hub where we do; a token is theirs to have, and is sent to none. */
    static void hub(SparkConf settings, Map<String, String> env) {
        HUB_VARIABLES.stream()
                .filter(env::containsKey)
                .forEach(name -> settings.setIfMissing("spark.executorEnv." + name, env.get(name)));
    }

    private static void local(SparkConf settings) {
        for (String key : GPU_KEYS) {
            if (!settings.get(key, "0").equals("0")) {
                throw new BadInput(
                        key + " is " + settings.get(key) + " but master is " + settings.get("spark.master")
                                + ", where Spark would wait for GPUs for ever; take the setting out, or give a cluster's --master");
            }
        }
        if (LocalMaster.cores(settings).isPresent()) { // not local-cluster, whose executors must find us
            settings.setIfMissing("spark.driver.host", "localhost");
            settings.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
            settings.setIfMissing("spark.ui.enabled", "false");
        }
    }
}
