package org.selgen.cluster;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/** Work on rows that are spread over a cluster: a task for each partition, all in one Spark job, so that Spark sees what waits. */
public final class RowTasks {
    private RowTasks() {}

    /** What a task does with the rows of its partition. */
    public interface Work<I> extends Serializable {
        void on(Iterator<I> rows) throws Exception;
    }

    /**
     * Returns when all are done.
     *
     * @throws RuntimeException what a task threw, which is not begun again for it; a lost executor's tasks are
     */
    public static <I> void run(JavaRDD<I> rows, Work<I> work) {
        tasks(rows, work).collect().forEach(TaskResult::get);
    }

    /** The same, each with a GPU of its own where executors have any. */
    public static <I> void runOnGpus(JavaRDD<I> rows, Work<I> work) {
        Gpus.request(tasks(rows, work)).collect().forEach(TaskResult::get);
    }

    private static <I> JavaRDD<TaskResult<Boolean>> tasks(JavaRDD<I> rows, Work<I> work) {
        return rows.mapPartitions(some -> List.of(Gpus.onHeldGpu(() -> {
                    work.on(some);
                    return true;
                }))
                .iterator());
    }
}
