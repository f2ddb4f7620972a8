package org.selgen.cluster;

import java.io.PrintWriter;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * Schedules the tasks of several stages by priority onto the cluster's slots, each as a Spark job of one task, and each with a
 * GPU of its own where executors have any. Slots are counted anew every second, since executors come and go. The driver keeps
 * what tasks return as soon as it arrives, so that stopping it loses only the tasks in flight; the slot stays free meanwhile,
 * so that keeping never waits for a task. Keeping may add tasks. A task without a heartbeat for too long is restarted once.
 * Used by one thread.
 */
public final class TaskScheduler implements AutoCloseable {
    private static final long LOOK_MILLIS = 1000;

    private final JavaSparkContext spark;
    private final ProgressDisplay display;
    private final HeartbeatMonitor heartbeats;
    private final PriorityQueue<QueuedTask<?, ?>> queue = new PriorityQueue<>();
    private final BlockingQueue<TaskGroup<?, ?>> completed = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private long added;
    private int running;
    private @Nullable Throwable failure;

    public TaskScheduler(JavaSparkContext spark, PrintWriter out) {
        this(spark, out, HeartbeatMonitor.limit(spark.getConf()));
    }

    /** @param timeout how long a task may send no heartbeat */
    TaskScheduler(JavaSparkContext spark, PrintWriter out, Duration timeout) {
        this.spark = spark;
        this.display = new ProgressDisplay(out);
        this.heartbeats = new HeartbeatMonitor(spark, timeout);
        ProgressPlugin.listen(message -> {
            display.received(message);
            this.heartbeats.received(message);
        });
    }

    /** What a task does with its item, on an executor. */
    public interface Work<I, O> extends Serializable {
        O apply(I item) throws Exception;
    }

    /** Tasks that do the same work. */
    public final class TaskGroup<I extends Serializable, O> {
        private final Work<I, O> work;
        private final Consumer<List<CompletedTask<O>>> keep;
        private final Queue<CompletedTask<O>> results = new ConcurrentLinkedQueue<>();
        private final ProgressDisplay.StageProgress progress;

        private TaskGroup(
                ProgressDisplay.StageProgress progress, Work<I, O> work, Consumer<List<CompletedTask<O>>> keep) {
            this.progress = progress;
            this.work = work;
            this.keep = keep;
        }

        /** Its progress, as it is displayed. */
        public ProgressDisplay.StageProgress progress() {
            return progress;
        }

        /**
         * Queues a task.
         *
         * @param title what it is called in {@link Progress}
         */
        public void add(String title, I item, TaskPriority priority) {
            progress.begin();
            progress.expect(title, priority.seconds());
            queue.add(new QueuedTask<>(this, title, item, priority, added++));
        }

        private void run(QueuedTask<I, O> task) {
            TaskResult<O> result = attempt(task);
            Throwable failure = result.failure();
            if (failure instanceof HeartbeatMonitor.TimedOut
                    && !spark.isLocal()) { // there it may still hold the only process
                display.say(failure.getMessage() + "; it is begun again");
                result = attempt(task);
            }
            results.add(new CompletedTask<>(result, task.priority().seconds()));
            completed.add(this);
        }

        private TaskResult<O> attempt(QueuedTask<I, O> task) {
            Work<I, O> what = work; // the stage itself does not travel
            HeartbeatMonitor.Attempt life = heartbeats.begin(progress.name(), task.title());
            progress.starts(task.title());
            try (life) {
                return Gpus.request(spark.parallelize(List.of(task.item()), 1))
                        .map(item -> Gpus.onHeldGpu(() -> what.apply(item)))
                        .first();
            } catch (Throwable e) { // of Spark's own, which throws checked ones unannounced
                return TaskResult.failed(life.reason(e));
            }
        }

        /** Keeps all results that wait, at once; gives how many there were. */
        private int keep() {
            List<CompletedTask<O>> good = new ArrayList<>();
            int all = 0;
            for (CompletedTask<O> result = results.poll(); result != null; result = results.poll()) {
                all++;
                Throwable thrown = result.result().failure();
                if (thrown == null) {
                    good.add(result);
                } else {
                    failed(thrown);
                }
            }
            try {
                if (!good.isEmpty()) {
                    keep.accept(good);
                }
            } catch (RuntimeException | Error e) {
                failed(e);
            }
            return all;
        }
    }

    private record QueuedTask<I extends Serializable, O>(
            TaskScheduler.TaskGroup<I, O> group, String title, I item, TaskPriority priority, long added)
            implements Comparable<QueuedTask<?, ?>> {
        void run() {
            group.run(this);
        }

        @Override
        public int compareTo(QueuedTask<?, ?> other) {
            int turns = priority.compareTo(other.priority);
            return turns != 0 ? turns : Long.compare(added, other.added);
        }
    }

    /**
     * A new kind of tasks.
     *
     * @param expected how many there will be in the end, if all goes well
     * @param keep is given results as they come
     */
    public <I extends Serializable, O> TaskGroup<I, O> group(
            String name, int expected, Work<I, O> work, Consumer<List<CompletedTask<O>>> keep) {
        return new TaskGroup<>(display.stage(name, expected), work, keep);
    }

    /**
     * Returns when all tasks are done and kept, those that were added meanwhile too.
     *
     * @throws RuntimeException the first that work or keep threw, once the other items in flight are done; no new ones
     *     are begun after it
     */
    public void finish() {
        while (running > 0 || (failure == null && !queue.isEmpty())) {
            long free = Gpus.slots(spark) - running;
            for (long slot = 0; slot < free && failure == null && !queue.isEmpty(); slot++) {
                QueuedTask<?, ?> next = queue.remove();
                running++;
                threads.execute(next::run);
            }
            heartbeats.check();
            for (TaskGroup<?, ?> stage : completed()) {
                running -= stage.keep();
            }
        }
        if (failure instanceof Error e) {
            throw e;
        }
        if (failure != null) {
            throw failure instanceof RuntimeException e ? e : new IllegalStateException(failure);
        }
    }

    /** Stages of which tasks have ended; none if none did within a second. */
    private Set<TaskGroup<?, ?>> completed() {
        Set<TaskGroup<?, ?>> stages = new LinkedHashSet<>();
        try {
            TaskGroup<?, ?> one = completed.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (one != null) {
                stages.add(one);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while tasks ran", e);
        }
        completed.drainTo(stages);
        return stages;
    }

    private void failed(Throwable thrown) {
        Throwable reason = thrown instanceof HeartbeatMonitor.TimedOut silent ? silent.badInput() : thrown;
        if (failure == null) {
            failure = reason;
        } else {
            failure.addSuppressed(reason);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        display.close();
    }
}
