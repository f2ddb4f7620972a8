package org.selgen.job;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * One Spark job of one task for each item, as many at once as the cluster has slots, looked at anew
 * every second. What tasks return is kept
 * by the driver as soon as it is there, so that stopping the driver loses only the tasks in flight. A slot stays free
 * while its result is being kept, so that keeping never waits for a task.
 */
final class Tasks {
    private static final long LOOK_MILLIS = 1000;
    private static final long STEP_MILLIS = 20;

    private Tasks() {}

    /** What a task does with its item, on an executor. */
    interface Work<I, O> extends Serializable {
        O apply(I item) throws Exception;
    }

    /**
     * Does the work for every item.
     *
     * @param keep is given results as they come, in one thread at a time
     * @throws RuntimeException the first that work or keep threw, once the other items in flight are done; no new ones
     *     are begun after it
     */
    static <I extends Serializable, O> void each(
            JavaSparkContext spark, List<I> items, Work<I, O> work, Consumer<List<O>> keep) {
        Queue<I> waiting = new ConcurrentLinkedQueue<>(items);
        AtomicBoolean stopped = new AtomicBoolean();
        Queue<O> results = new ConcurrentLinkedQueue<>();
        ExecutorService drivers = Executors.newCachedThreadPool();
        try {
            List<Future<?>> ends = new ArrayList<>();
            do {
                long busy = ends.stream().filter(end -> !end.isDone()).count();
                for (long slot = busy; slot < slots(spark) && !stopped.get() && ends.size() < items.size(); slot++) {
                    ends.add(drivers.submit(() -> drive(spark, waiting, stopped, work, results, keep)));
                }
            } while (!ended(ends));
            await(ends);
        } finally {
            drivers.shutdownNow();
        }
    }

    /**
     * Does the work for one item, as a Spark job of one task.
     *
     * @throws RuntimeException what the work threw
     */
    static <I extends Serializable, O> O one(JavaSparkContext spark, I item, Work<I, O> work) {
        Outcome<O> outcome = spark.parallelize(List.of(item), 1)
                .map(one -> attempt(work, one))
                .first();
        O value = outcome.value();
        if (value == null) {
            throw outcome.unchecked();
        }
        return value;
    }

    /** Of the executors that there are now: more may come after the driver has begun. */
    private static int slots(JavaSparkContext spark) {
        return Math.max(1, spark.defaultParallelism());
    }

    /** Whether all have ended, well or not; answers within a second. */
    private static boolean ended(List<Future<?>> ends) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS);
        while (!ends.stream().allMatch(Future::isDone)) {
            if (System.nanoTime() > until) {
                return false;
            }
            try {
                Thread.sleep(STEP_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while tasks ran", e);
            }
        }
        return true;
    }

    private static <I extends Serializable, O> void drive(
            JavaSparkContext spark,
            Queue<I> waiting,
            AtomicBoolean stopped,
            Work<I, O> work,
            Queue<O> results,
            Consumer<List<O>> keep) {
        try {
            for (I item = waiting.poll(); item != null && !stopped.get(); item = waiting.poll()) {
                results.add(one(spark, item, work));
                keep(results, keep);
            }
        } catch (RuntimeException | Error e) {
            stopped.set(true);
            throw e;
        }
    }

    /** Keeps all results that wait, of other tasks too, at once. A call returns when the caller's own result is kept. */
    private static <O> void keep(Queue<O> results, Consumer<List<O>> keep) {
        synchronized (results) {
            List<O> all = new ArrayList<>();
            for (O result = results.poll(); result != null; result = results.poll()) {
                all.add(result);
            }
            if (!all.isEmpty()) {
                keep.accept(all);
            }
        }
    }

    /** An exception of ours is a result: Spark would only do the same again. A lost executor is Spark's to repeat. */
    private static <I, O> Outcome<O> attempt(Work<I, O> work, I item) {
        try {
            return new Outcome<>(work.apply(item), null);
        } catch (Exception e) {
            return new Outcome<>(null, e);
        }
    }

    private static void await(List<Future<?>> ends) {
        @Nullable RuntimeException first = null;
        for (Future<?> end : ends) {
            try {
                end.get();
            } catch (ExecutionException e) {
                RuntimeException cause =
                        e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e.getCause());
                if (first == null) {
                    first = cause;
                } else {
                    first.addSuppressed(cause);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while tasks ran", e);
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private record Outcome<O>(@Nullable O value, @Nullable Exception failure) implements Serializable {
        RuntimeException unchecked() {
            return failure instanceof RuntimeException r ? r : new IllegalStateException(failure);
        }
    }
}
