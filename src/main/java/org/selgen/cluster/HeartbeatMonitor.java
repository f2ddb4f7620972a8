package org.selgen.cluster;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkJobInfo;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.JavaSparkStatusTracker;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;

/**
 * Stops tasks that give no sign of life for too long: that they begin, or {@link Progress}. While Spark has no executor for a
 * task, its time does not run. An executor whose task ignores the interrupt is ended by Spark's task reaper.
 */
final class HeartbeatMonitor {
    static final String KEY = "spark.selgen.silence";
    private static final String DEFAULT = "60min";

    private final JavaSparkContext spark;
    private final Duration limit;
    private final Set<Attempt> attempts = ConcurrentHashMap.newKeySet();

    HeartbeatMonitor(JavaSparkContext spark, Duration limit) {
        this.spark = spark;
        this.limit = limit;
    }

    /** How long a task may send no heartbeat. */
    static Duration limit(SparkConf settings) {
        long seconds;
        try {
            seconds = settings.getTimeAsSeconds(KEY, DEFAULT);
        } catch (NumberFormatException e) {
            seconds = 0;
        }
        if (seconds < 1) {
            throw new BadInput(KEY + " is " + settings.get(KEY) + " but must be a time of at least 1 s, as " + DEFAULT);
        }
        return Duration.ofSeconds(seconds);
    }

    /** A task sent no heartbeat for too long. */
    static final class TimedOut extends Exception {
        private static final long serialVersionUID = 1;

        TimedOut(String message) {
            super(message);
        }

        BadInput badInput() {
            return new BadInput(
                    getMessage() + "; look at its machine and give the same command again, or set " + KEY + " higher");
        }
    }

    /** One attempt at a task. */
    final class Attempt implements AutoCloseable {
        private final String name;
        private final String group = UUID.randomUUID().toString();
        private volatile long last = System.nanoTime();
        private volatile boolean timedOut;

        private Attempt(String name) {
            this.name = name;
        }

        /** Why it failed: by what Spark threw, or because it was {@link TimedOut}. */
        Throwable reason(Throwable thrown) {
            return timedOut
                    ? new TimedOut(
                            name + " gave no sign of life for " + ProgressDisplay.time(limit.toMillis() / 1000.0))
                    : thrown;
        }

        private void check() {
            if (!running(group)) {
                last = System.nanoTime();
            } else if (System.nanoTime() - last > limit.toNanos()) {
                timedOut = true;
                spark.cancelJobGroup(group);
            }
        }

        @Override
        public void close() {
            attempts.remove(this);
        }
    }

    private static String name(String stage, String task) {
        return stage + " " + task;
    }

    /** This thread's next Spark job is that task. */
    Attempt begin(String stage, String task) {
        Attempt attempt = new Attempt(name(stage, task));
        attempts.add(attempt);
        spark.setJobGroup(attempt.group, attempt.name, true);
        return attempt;
    }

    void received(Progress message) {
        String name = name(message.stage(), message.task());
        attempts.stream()
                .filter(attempt -> attempt.name.equals(name))
                .forEach(attempt -> attempt.last = System.nanoTime());
    }

    /** Stops the tasks whose last heartbeat is too old. */
    void check() {
        attempts.forEach(Attempt::check);
    }

    private boolean running(String group) {
        JavaSparkStatusTracker tracker = spark.statusTracker();
        for (int id : tracker.getJobIdsForGroup(group)) {
            @Nullable SparkJobInfo job = tracker.getJobInfo(id);
            for (int stageId : job == null ? new int[0] : job.stageIds()) {
                @Nullable SparkStageInfo stage = tracker.getStageInfo(stageId);
                if (stage != null && stage.numActiveTasks() > 0) {
                    return true;
                }
            }
        }
        return false;
    }
}
