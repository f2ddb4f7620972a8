package org.selgen.stage;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FSError;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskKilledException;
import org.apache.spark.broadcast.Broadcast;
import org.selgen.cluster.TaskScheduler;
import org.selgen.data.BadInput;
import org.selgen.data.Example;
import org.selgen.data.Failure;
import org.selgen.data.Run;
import org.selgen.experiment.RunSpec;
import org.selgen.stage.Engine.Trained;
import org.selgen.stage.Engine.TrainingJob;

/**
 * What a task does with the orders of one training. An exception, or too little memory, fails its runs and no others;
 * input that no run could use stops all, and so does a full disk.
 */
record TrainingTask(
        Engine engine,
        String model,
        String adapters,
        String checkpoints,
        Broadcast<List<Example>> task,
        Broadcast<List<Example>> proxy,
        int stepsOfAnEpoch)
        implements TaskScheduler.Work<TrainingTask.Group, Trained> {

    /** The orders of one training, by epoch. */
    record Group(List<RunSpec> orders) implements Serializable {
        RunSpec last() {
            return orders.get(orders.size() - 1);
        }
    }

    @Override
    public Trained apply(Group group) {
        TrainingJob lesson = new TrainingJob(group.orders(), model, adapters, checkpoints, task.value(), proxy.value());
        RunSpec last = lesson.last();
        try {
            return engine.train(lesson, new TrainProgress(last.title(), last.epoch() * stepsOfAnEpoch));
        } catch (BadInput | TaskKilledException e) {
            throw e;
        } catch (IOException | RuntimeException | FSError | OutOfMemoryError e) {
            Optional<String> full = Failure.fullDisk(e);
            if (full.isPresent()) {
                throw new BadInput(
                        "training " + last.title() + " on "
                                + SparkEnv.get().blockManager().blockManagerId().host() + ": " + full.get(),
                        e);
            }
            List<Run> failed = group.orders().stream()
                    .map(order -> order.run().ended(Run.FAILED, Failure.reason(e)))
                    .toList();
            return new Trained(last.training(), failed, List.of());
        }
    }
}
