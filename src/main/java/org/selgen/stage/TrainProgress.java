package org.selgen.stage;

import org.selgen.cluster.Progress;
import org.selgen.data.Stage;
import org.selgen.data.StepMetrics;

/** Tells the driver of a training's steps, and of the work on each. */
final class TrainProgress implements Engine.TrainingListener {
    private final Heartbeat heartbeat = new Heartbeat();
    private final String run;
    private final int steps;
    private int before;
    private int made;
    private long tokens;
    private double loss = Double.NaN;

    TrainProgress(String run, int steps) {
        this.run = run;
        this.steps = steps;
    }

    @Override
    public void resumes(int steps) {
        before = steps;
    }

    @Override
    public void accept(StepMetrics step) {
        made = step.step();
        loss = step.loss();
        if (made <= before) {
            return;
        }
        tokens += step.tokens();
        if (made < steps) {
            working();
        } else {
            heartbeat.now(message());
        }
    }

    @Override
    public void working() {
        heartbeat.soon(this::message);
    }

    private Progress message() {
        return new Progress(Stage.TRAIN.column(), run, before, made, steps, loss, tokens);
    }
}
