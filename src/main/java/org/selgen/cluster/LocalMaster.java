package org.selgen.cluster;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/** Settings of a Spark master that is this machine, as {@code local[*]}. */
final class LocalMaster {
    private static final Pattern MASTER = Pattern.compile("local(?:\\[([0-9]{1,5}|\\*)(,[0-9]+)?])?");
    private static final String SPARE = "spark.selgen.spareSlot";

    private LocalMaster() {}

    private static Matcher matcher(SparkConf settings) {
        return MASTER.matcher(settings.get("spark.master"));
    }

    /** Threads of such a master; none of a cluster. */
    static OptionalInt cores(SparkConf settings) {
        Matcher local = matcher(settings);
        if (!local.matches()) {
            return OptionalInt.empty();
        }
        String threads = local.group(1) == null ? "1" : local.group(1);
        return OptionalInt.of(
                threads.equals("*") ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(threads));
    }

    /** The same with one slot more than tasks get, so that what keeps their results never waits for one of them. */
    static SparkConf withSpareSlot(SparkConf settings) {
        OptionalInt cores = cores(settings);
        if (cores.isEmpty()) {
            return settings;
        }
        Matcher local = matcher(settings);
        String failures = local.matches() && local.group(2) != null ? local.group(2) : ""; // of a task, as Spark has it
        return settings.clone()
                .setIfMissing("spark.default.parallelism", String.valueOf(cores.getAsInt()))
                .setMaster("local[" + (cores.getAsInt() + 1) + failures + "]")
                .set(SPARE, "true");
    }

    /** Whether Spark has one slot more than tasks get, for the driver's own jobs. */
    static boolean hasSpareSlot(SparkConf settings) {
        return settings.getBoolean(SPARE, false);
    }
}
