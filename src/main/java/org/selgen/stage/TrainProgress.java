package org.selgen.stage;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.selgen.cluster.Progress;
import org.selgen.cluster.ProgressPlugin;
import org.selgen.data.Stage;
import org.selgen.data.StepMetrics;

/**
 * Sends the driver the progress of a training, a few times a second: each message costs driver and executor some work. Stops a task that Spark
 * has killed, since native code ignores interrupts.
 */
final class TrainProgress implements Consumer<StepMetrics> {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final String run;
    private final int steps;
    private long tokens;
    private long last = System.nanoTime() - PAUSE_NANOS;

    TrainProgress(String run, int steps) {
        this.run = run;
        this.steps = steps;
    }

    @Override
    public void accept(StepMetrics step) {
        stopIfKilled();
        tokens += step.tokens();
        if (System.nanoTime() - last < PAUSE_NANOS && step.step() < steps) {
            return;
        }
        last = System.nanoTime();
        ProgressPlugin.send(new Progress(Stage.TRAIN.column(), run, step.step(), steps, step.loss(), tokens));
    }

    static void stopIfKilled() {
        TaskContext task = TaskContext.get();
        if (task != null && task.isInterrupted()) {
            throw new TaskKilledException("killed by Spark");
        }
    }
}
