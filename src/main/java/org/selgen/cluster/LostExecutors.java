package org.selgen.cluster;

import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;

/** Tells of executors that are lost, until it is closed. */
public final class LostExecutors extends SparkListener implements AutoCloseable {
    private final JavaSparkContext spark;
    private final Consumer<String> lost;

    private LostExecutors(JavaSparkContext spark, Consumer<String> lost) {
        this.spark = spark;
        this.lost = lost;
    }

    /**
     * Listens from now on.
     *
     * @param lost is given what the names of its tasks begin with
     */
    public static LostExecutors listen(JavaSparkContext spark, Consumer<String> lost) {
        LostExecutors listener = new LostExecutors(spark, lost);
        spark.sc().addSparkListener(listener);
        return listener;
    }

    static String prefix(String executor) {
        return executor + "/";
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
        lost.accept(prefix(removed.executorId()));
    }

    @Override
    public void close() {
        spark.sc().removeSparkListener(this);
    }
}
