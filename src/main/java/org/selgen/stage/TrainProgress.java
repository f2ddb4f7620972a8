package org.selgen.stage;

import java.util.concurrent.TimeUnit;
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
final class TrainProgress implements Engine.TrainingListener {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final String run;
    private final int steps;
    private long tokens;
    private long last = System.nanoTime() - PAUSE_NANOS;
    private int made;
    private double loss = Double.NaN;

    TrainProgress(String run, int steps) {
        this.run = run;
        this.steps = steps;
    }

    @Override
    public void accept(StepMetrics step) {
        stopIfKilled();
        tokens += step.tokens();
        made = step.step();
        loss = step.loss();
        send();
    }

    @Override
    public void working() {
        stopIfKilled();
        send();
    }

    private void send() {
        if (System.nanoTime() - last >= PAUSE_NANOS || made >= steps) {
            last = System.nanoTime();
            ProgressPlugin.send(new Progress(Stage.TRAIN.column(), run, made, steps, loss, tokens));
        }
    }

    static void stopIfKilled() {
        TaskContext task = TaskContext.get();
        if (task != null && task.isInterrupted()) {
            throw new TaskKilledException("killed by Spark");
        }
    }
}
