package org.selgen.cluster;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Work on rows that are spread over a cluster: a task for each partition, each a Spark job, as many at a time as there are slots.
 * What keeps the rows that they give is a job too: Spark begins jobs in the order in which they came, so that it would wait for
 * the last of one job's tasks, and waits for one of these.
 */
public final class RowTasks {
    private static final long LOOK_SECONDS = 1; // slots come and go

    private RowTasks() {}

    /** What a task does with the rows of its partition. */
    public interface Work<I> extends Serializable {
        void on(Iterator<I> rows) throws Exception;
    }

    /**
     * Returns when all are done.
     *
     * @throws RuntimeException the first that a task threw, which is not begun again for it; a lost executor's tasks are
     */
    public static <I> void run(JavaRDD<I> rows, Work<I> work) {
        all(tasks(rows, work));
    }

    /** The same, each with a GPU of its own where executors have any. */
    public static <I> void runOnGpus(JavaRDD<I> rows, Work<I> work) {
        all(Gpus.request(tasks(rows, work)));
    }

    private static <I> JavaRDD<TaskResult<Boolean>> tasks(JavaRDD<I> rows, Work<I> work) {
        return rows.mapPartitions(some -> List.of(Gpus.onHeldGpu(() -> {
                    work.on(some);
                    return true;
                }))
                .iterator());
    }

    private static void all(JavaRDD<TaskResult<Boolean>> tasks) {
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(tasks.context());
        int count = tasks.getNumPartitions();
        ExecutorService threads = Executors.newCachedThreadPool();
        CompletionService<TaskResult<Boolean>> jobs = new ExecutorCompletionService<>(threads);
        List<Future<TaskResult<Boolean>>> ended = new ArrayList<>();
        try {
            for (int begun = 0; ended.size() < count; ) {
                while (begun < count && begun - ended.size() < Backlog.inFlight(spark)) {
                    int[] partition = {begun++};
                    jobs.submit(() -> tasks.collectPartitions(partition)[0].get(0));
                }
                Future<TaskResult<Boolean>> one = jobs.poll(LOOK_SECONDS, TimeUnit.SECONDS);
                if (one != null) {
                    ended.add(one);
                }
            }
            for (Future<TaskResult<Boolean>> one : ended) {
                one.get().get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while tasks ran", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
