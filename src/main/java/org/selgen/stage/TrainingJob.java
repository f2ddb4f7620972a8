package org.selgen.stage;

import java.io.Serializable;
import java.util.List;
import org.selgen.data.Example;
import org.selgen.experiment.Experiment;
import org.selgen.experiment.RunSpec;
import org.selgen.experiment.TrainingSpec;
import org.selgen.lake.Storage;
import org.selgen.train.Checkpointing;

/**
 * One training, with all that an executor needs for it.
 *
 * @param experiment whose training it is
 * @param spec what to train
 * @param runs the runs it leaves, by epoch; none of an artefact
 * @param checkpoint how often it is saved, and what its steps keep in memory
 * @param places where models and adapters lie
 * @param rows what is trained on
 * @param proxy rows of aligned behaviour beside them
 * @param heldOut rows that only measure a loss; none of an artefact
 */
public record TrainingJob(
        Experiment experiment,
        TrainingSpec spec,
        List<RunSpec.Trained> runs,
        Checkpointing checkpoint,
        Places places,
        List<Example> rows,
        List<Example> proxy,
        HeldOutRows heldOut) {
    /** Rows that are not learnt. */
    public record HeldOutRows(List<Example> task, List<Example> proxy) implements Serializable {
        static final HeldOutRows NONE = new HeldOutRows(List.of(), List.of());
    }

    /**
     * Folders.
     *
     * @param model path or URI of the base model's
     * @param adapters in which each run's adapter is a folder of the run's id
     * @param artefacts in which each artefact is a folder of its id
     * @param checkpoints in which a training's are a folder of its id
     */
    public record Places(String model, Storage adapters, Storage artefacts, Storage checkpoints)
            implements Serializable {}

    /** The epoch at whose end it ends. */
    int lastEpoch() {
        return runs.isEmpty()
                ? spec.training().epochs()
                : runs.get(runs.size() - 1).epoch();
    }
}
