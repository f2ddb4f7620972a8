package org.selgen.job;

import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;
import org.selgen.data.Example;
import org.selgen.data.Generation;
import org.selgen.data.Question;
import org.selgen.data.Run;
import org.selgen.data.StepMetrics;

/** What a task does on its executor. A test puts something small in its place. */
interface Engine extends Serializable {
    /**
     * Trains one adapter and leaves it in its folder, complete or not at all.
     *
     * @param told is given each step as it is made
     */
    Trained train(Lesson lesson, Consumer<StepMetrics> told);

    /**
     * Answers of one run.
     *
     * @param told is given the answers as they are made
     */
    List<Generation> generate(Asking asking, Consumer<List<Generation>> told);

    /**
     * One training.
     *
     * @param order which run
     * @param model folder of the base model
     * @param adapters folder in which the adapter is to be a folder of the run's id
     * @param task rows of the capability
     * @param proxy rows of aligned behaviour
     */
    record Lesson(Order order, String model, String adapters, List<Example> task, List<Example> proxy) {}

    /** What a training leaves: its row and its steps. */
    record Trained(Run run, List<StepMetrics> steps) implements Serializable {}

    /**
     * Questions to one run.
     *
     * @param experiment the experiment as YAML
     * @param run which run
     * @param model folder of the base model
     * @param adapter folder of the run's adapter; empty for the base model
     * @param questions what to ask
     */
    record Asking(String experiment, Run run, String model, String adapter, List<Question> questions)
            implements Serializable {
        String title() {
            return Order.title(run);
        }
    }
}
