package org.selgen.cluster;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * How many tasks are handed to Spark. It does at once as many as it has slots; where it may add executors
 * ({@code spark.dynamicAllocation.enabled}), it does so for tasks that wait, and it sees only those that it was handed. So it
 * is handed as many again:
 * <pre>  in flight = min(2 · slots, slots + slots of an executor · executors that may come) </pre>
 * Not all of them, since Spark begins them in the order in which they came, and one that is more urgent may be added.
 */
final class Backlog {
    private static final String DYNAMIC = "spark.dynamicAllocation.enabled";
    private static final String MOST = "spark.dynamicAllocation.maxExecutors";

    private Backlog() {}

    /** Tasks in flight at most, those that wait for a slot of Spark's among them. */
    static long inFlight(JavaSparkContext spark) {
        long slots = Gpus.slots(spark);
        SparkConf settings = spark.getConf();
        if (spark.isLocal() || !settings.getBoolean(DYNAMIC, false)) {
            return slots;
        }
        int executors = spark.sc().statusTracker().getExecutorInfos().length - 1; // the driver is among them
        return inFlight(slots, executors, settings.getInt(MOST, Integer.MAX_VALUE));
    }

    /**
     * The same by numbers.
     *
     * @param most executors that there may be
     */
    static long inFlight(long slots, int executors, int most) {
        long each = Math.max(1, slots / Math.max(1, executors));
        long coming = Math.max(0L, (long) most - executors);
        return slots + Math.min(slots, Math.min(coming, slots) * each);
    }
}
