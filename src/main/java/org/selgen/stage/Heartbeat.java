package org.selgen.stage;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.jspecify.annotations.Nullable;
import org.selgen.cluster.Progress;
import org.selgen.cluster.ProgressPlugin;

/**
 * Sends the driver a task's progress, a few times a second at most: each message costs driver and executor some work. Stops a
 * task that Spark has killed, since native code ignores interrupts.
 */
final class Heartbeat {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final @Nullable TaskContext task = TaskContext.get(); // other threads that work for it do not see it
    private long last = System.nanoTime() - PAUSE_NANOS;

    /** Sends the message, unless one was sent a moment ago. */
    void soon(Supplier<Progress> message) {
        stopIfKilled(task);
        if (System.nanoTime() - last >= PAUSE_NANOS) {
            now(message.get());
        }
    }

    /** Sends the message. */
    void now(Progress message) {
        stopIfKilled(task);
        last = System.nanoTime();
        ProgressPlugin.send(message);
    }

    static void stopIfKilled() {
        stopIfKilled(TaskContext.get());
    }

    private static void stopIfKilled(@Nullable TaskContext task) {
        if (task != null && task.isInterrupted()) {
            throw new TaskKilledException("killed by Spark");
        }
    }
}
