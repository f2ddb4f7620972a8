package org.selgen.job;

import java.util.function.Consumer;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.selgen.data.StepMetrics;

/** Tells the driver of each step. Stops a task that Spark has killed: native code does not hear interrupts. */
final class Told implements Consumer<StepMetrics> {
    private final String run;
    private final int steps;
    private long tokens;

    Told(String run, int steps) {
        this.run = run;
        this.steps = steps;
    }

    @Override
    public void accept(StepMetrics step) {
        stopIfKilled();
        tokens += step.tokens();
        ProgressPlugin.send(new Progress("train", run, step.step(), steps, step.loss(), tokens));
    }

    static void stopIfKilled() {
        TaskContext task = TaskContext.get();
        if (task != null && task.isInterrupted()) {
            throw new TaskKilledException("killed by Spark");
        }
    }
}
