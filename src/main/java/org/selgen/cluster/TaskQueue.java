package org.selgen.cluster;

import java.io.Serializable;
import java.util.function.IntSupplier;
import org.apache.spark.api.java.JavaSparkContext;

/** Where tasks wait for a slot, as their groups see it. */
interface TaskQueue {
    /** Queues a task. */
    void add(TaskPriority priority, Runnable work);

    /** Does a task now, on this thread. */
    <I extends Serializable, O> TaskResult<O> attempt(
            String stage, String title, I item, TaskExecution<I, O> execution);

    /**
     * A task has ended.
     *
     * @param keep keeps its result and all others that wait, and gives how many there were; called by the thread that waits for
     *     tasks
     */
    void completed(IntSupplier keep);

    /** From now on no task is begun. */
    void failed(Throwable thrown);

    /** Says a line among the progress. */
    void say(String line);

    JavaSparkContext spark();
}
