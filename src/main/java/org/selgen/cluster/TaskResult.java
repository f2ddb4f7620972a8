package org.selgen.cluster;

import java.io.Serializable;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.apache.hadoop.fs.FSError;
import org.apache.spark.SparkEnv;
import org.jspecify.annotations.Nullable;
import org.selgen.data.GpuUse;
import org.selgen.tensor.Cores;

/**
 * What a task came to. An exception of ours is a result: Spark would only do the same again. A lost executor is Spark's to
 * repeat.
 *
 * @param value what it gave, if it did
 * @param failure why it did not
 * @param begun milliseconds since 1970 by its machine's clock
 * @param seconds it took
 * @param host its machine
 * @param gpu what was seen of the GPU that it held
 */
public record TaskResult<O>(
        @Nullable O value, @Nullable Throwable failure, long begun, double seconds, String host, GpuUse gpu)
        implements Serializable {

    /** Does the work, in a task. */
    public static <O> TaskResult<O> of(Callable<O> work) {
        long begun = System.currentTimeMillis();
        long from = System.nanoTime();
        @Nullable O value = null;
        @Nullable Throwable failure = null;
        try {
            value = Cores.task(work);
        } catch (Exception | OutOfMemoryError | FSError e) { // of this task alone
            failure = e;
        }
        String host = SparkEnv.get().blockManager().blockManagerId().host();
        return new TaskResult<>(value, failure, begun, (System.nanoTime() - from) / 1e9, host, GpuUse.NONE);
    }

    /** The same, of a task that held a GPU. */
    TaskResult<O> withGpu(GpuUse use) {
        return new TaskResult<>(value, failure, begun, seconds, host, use);
    }

    /** The same with another value, if there is one. */
    <P> TaskResult<P> map(Function<O, P> change) {
        return new TaskResult<>(value == null ? null : change.apply(value), failure, begun, seconds, host, gpu);
    }

    /** Of a task that Spark could not bring to an end. */
    static <O> TaskResult<O> failed(Throwable why) {
        return new TaskResult<>(null, why, System.currentTimeMillis(), 0, "", GpuUse.NONE);
    }

    /**
     * What the task gave.
     *
     * @throws RuntimeException what the work threw
     */
    public O get() {
        if (failure != null) {
            throw failure instanceof RuntimeException e ? e : new IllegalStateException(failure);
        }
        return Objects.requireNonNull(value);
    }
}
