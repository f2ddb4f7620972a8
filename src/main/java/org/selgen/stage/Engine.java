package org.selgen.stage;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.selgen.data.Example;
import org.selgen.data.Generation;
import org.selgen.data.Likelihood;
import org.selgen.data.Question;
import org.selgen.data.Run;
import org.selgen.data.StepMetrics;
import org.selgen.experiment.RunSpec;
import org.selgen.lm.TokenCounter;

/** What a task does on its executor. A test puts something small in its place. */
public interface Engine extends Serializable {
    /**
     * Makes the adapters of one training and leaves each in its folder, complete or not at all. A training that was stopped
     * goes on from its checkpoint.
     *
     * @param told is given each step as it is made, those of an earlier attempt first
     * @throws org.selgen.data.BadInput if model or rows cannot be used, whatever the method; anything else that is thrown
     *     concerns this training alone
     */
    Trained train(TrainingJob lesson, Consumer<StepMetrics> told) throws IOException;

    /**
     * What counts the tokens of rows as this model has them; on the driver.
     *
     * @throws org.selgen.data.BadInput if the model's files cannot be used
     */
    TokenCounter ruler(Path model);

    /**
     * Answers of one run.
     *
     * @param told is given the answers as they are made
     */
    List<Generation> generate(GenerationRequest asking, Consumer<List<Generation>> told) throws IOException;

    /** How likely one run finds each word of the experiment's {@code choices}, at every question. */
    List<Likelihood> weigh(GenerationRequest asking) throws IOException;

    /**
     * One training.
     *
     * @param orders the runs it leaves, by epoch; all of one training
     * @param model folder of the base model
     * @param adapters folder in which each adapter is to be a folder of its run's id
     * @param checkpoints folder in which the training's are a folder of its id
     * @param task rows of the capability
     * @param proxy rows of aligned behaviour
     */
    record TrainingJob(
            List<RunSpec> orders,
            String model,
            String adapters,
            String checkpoints,
            List<Example> task,
            List<Example> proxy) {
        /** The last of the orders. */
        RunSpec last() {
            return orders.get(orders.size() - 1);
        }
    }

    /** What a training leaves: a row for each of its orders, and their steps. {@code training} is its id. */
    record Trained(String training, List<Run> runs, List<StepMetrics> steps) implements Serializable {}

    /**
     * Questions to one run.
     *
     * @param experiment the experiment as YAML
     * @param run which run
     * @param model folder of the base model
     * @param adapter folder of the run's adapter; empty for the base model
     * @param questions what to ask
     */
    record GenerationRequest(String experiment, Run run, String model, String adapter, List<Question> questions)
            implements Serializable {
        String title() {
            return RunSpec.title(run);
        }
    }
}
