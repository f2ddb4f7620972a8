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
import org.selgen.data.GpuUse;
import org.selgen.data.TaskTime;

/**
 * Tasks of several stages in one line for the cluster's slots, each a Spark job of one task, and each with a GPU of its own
 * where executors have any. Slots are counted anew every second, since executors come and go. The driver keeps what tasks
 * return as soon as it is there, so that stopping it loses only the tasks in flight; the slot stays free meanwhile, so that
 * keeping never waits for a task. Keeping may add tasks. A task that is silent for too long is begun again once. Used by one
 * thread.
 */
public final class TaskScheduler implements AutoCloseable {
    private static final long LOOK_MILLIS = 1000;

    private final JavaSparkContext spark;
    private final ProgressDisplay display;
    private final HeartbeatMonitor silence;
    private final PriorityQueue<Waiting<?, ?>> line = new PriorityQueue<>();
    private final BlockingQueue<Stage<?, ?>> ended = new LinkedBlockingQueue<>();
    private final ExecutorService drivers = Executors.newCachedThreadPool();
    private long added;
    private int running;
    private @Nullable Throwable failure;

    public TaskScheduler(JavaSparkContext spark, PrintWriter out) {
        this(spark, out, HeartbeatMonitor.limit(spark.getConf()));
    }

    /** @param silence how long a task may give no sign of life */
    TaskScheduler(JavaSparkContext spark, PrintWriter out, Duration silence) {
        this.spark = spark;
        this.display = new ProgressDisplay(out);
        this.silence = new HeartbeatMonitor(spark, silence);
        ProgressPlugin.listen(message -> {
            display.heard(message);
            this.silence.heard(message);
        });
    }

    /** What a task does with its item, on an executor. */
    public interface Work<I, O> extends Serializable {
        O apply(I item) throws Exception;
    }

    /**
     * What a task left, and what it took.
     *
     * @param planned seconds it was expected to take; NaN where nothing was known
     */
    public record Done<O>(TaskResult<O> outcome, double planned) {
        public O value() {
            return outcome.get();
        }

        /** The row that tells of it. */
        public TaskTime time(String stage, String run, long items, String kind) {
            GpuUse gpu = outcome.gpu();
            return new TaskTime(
                    stage,
                    run,
                    outcome.begun(),
                    outcome.host(),
                    outcome.seconds(),
                    Double.isNaN(planned) ? null : planned,
                    items,
                    kind,
                    gpu.name(),
                    gpu.peakMib(),
                    gpu.busy(),
                    gpu.reason());
        }
    }

    /** Tasks of one kind. */
    public final class Stage<I extends Serializable, O> {
        private final Work<I, O> work;
        private final Consumer<List<Done<O>>> keep;
        private final Queue<Done<O>> results = new ConcurrentLinkedQueue<>();
        private final ProgressDisplay.Stage shown;

        private Stage(ProgressDisplay.Stage shown, Work<I, O> work, Consumer<List<Done<O>>> keep) {
            this.shown = shown;
            this.work = work;
            this.keep = keep;
        }

        /** How it is shown. */
        public ProgressDisplay.Stage shown() {
            return shown;
        }

        /**
         * Puts a task in the line.
         *
         * @param title what it is called in {@link Progress}
         */
        public void add(String title, I item, TaskPriority turn) {
            shown.begins();
            line.add(new Waiting<>(this, title, item, turn, added++));
        }

        private void drive(Waiting<I, O> task) {
            TaskResult<O> outcome = attempt(task);
            Throwable failure = outcome.failure();
            if (failure instanceof HeartbeatMonitor.Stopped
                    && !spark.isLocal()) { // there it may still hold the only process
                display.say(failure.getMessage() + "; it is begun again");
                outcome = attempt(task);
            }
            results.add(new Done<>(outcome, task.turn().seconds()));
            ended.add(this);
        }

        private TaskResult<O> attempt(Waiting<I, O> task) {
            Work<I, O> what = work; // the stage itself does not travel
            HeartbeatMonitor.Attempt life = silence.begins(shown.name(), task.title());
            try (life) {
                return Gpus.ask(spark.parallelize(List.of(task.item()), 1))
                        .map(item -> Gpus.holding(() -> what.apply(item)))
                        .first();
            } catch (Throwable e) { // of Spark's own, which throws checked ones unannounced
                return TaskResult.failed(life.reason(e));
            }
        }

        /** Keeps all results that wait, at once; gives how many there were. */
        private int keep() {
            List<Done<O>> good = new ArrayList<>();
            int all = 0;
            for (Done<O> result = results.poll(); result != null; result = results.poll()) {
                all++;
                Throwable thrown = result.outcome().failure();
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

    private record Waiting<I extends Serializable, O>(
            TaskScheduler.Stage<I, O> stage, String title, I item, TaskPriority turn, long added)
            implements Comparable<Waiting<?, ?>> {
        void drive() {
            stage.drive(this);
        }

        @Override
        public int compareTo(Waiting<?, ?> other) {
            int turns = turn.compareTo(other.turn);
            return turns != 0 ? turns : Long.compare(added, other.added);
        }
    }

    /**
     * A new kind of tasks.
     *
     * @param expected how many there will be in the end, if all goes well
     * @param keep is given results as they come
     */
    public <I extends Serializable, O> Stage<I, O> stage(
            String name, int expected, Work<I, O> work, Consumer<List<Done<O>>> keep) {
        return new Stage<>(display.stage(name, expected), work, keep);
    }

    /**
     * Returns when all tasks are done and kept, those that were added meanwhile too.
     *
     * @throws RuntimeException the first that work or keep threw, once the other items in flight are done; no new ones
     *     are begun after it
     */
    public void finish() {
        while (running > 0 || (failure == null && !line.isEmpty())) {
            long free = Gpus.slots(spark) - running;
            for (long slot = 0; slot < free && failure == null && !line.isEmpty(); slot++) {
                Waiting<?, ?> next = line.remove();
                running++;
                drivers.execute(next::drive);
            }
            silence.look();
            for (Stage<?, ?> stage : ended()) {
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
    private Set<Stage<?, ?>> ended() {
        Set<Stage<?, ?>> stages = new LinkedHashSet<>();
        try {
            Stage<?, ?> one = ended.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (one != null) {
                stages.add(one);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while tasks ran", e);
        }
        ended.drainTo(stages);
        return stages;
    }

    private void failed(Throwable thrown) {
        Throwable reason = thrown instanceof HeartbeatMonitor.Stopped silent ? silent.forGood() : thrown;
        if (failure == null) {
            failure = reason;
        } else {
            failure.addSuppressed(reason);
        }
    }

    @Override
    public void close() {
        drivers.shutdownNow();
        display.close();
    }
}
