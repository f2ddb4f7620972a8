package org.selgen.cluster;

import org.apache.spark.api.java.JavaRDD;

/** How Spark does a task of one item, and what comes back. */
@FunctionalInterface
public interface TaskExecution<I, O> {
    TaskResult<O> run(JavaRDD<I> task, I item);
}
