package org.selgen.stage;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.selgen.chat.ChatSettings;
import org.selgen.data.Generation;
import org.selgen.data.Likelihood;
import org.selgen.data.StepMetrics;
import org.selgen.lm.TokenCounter;

/** What a task does on its executor. A test puts something small in its place. */
public interface Engine extends Serializable {
    /**
     * Makes the adapters of one training and leaves each in its folder, complete or not at all. A training that was stopped
     * goes on from its checkpoint.
     *
     * @param listener is told of each step as it is made, those of an earlier attempt first, and of other long work
     * @throws org.selgen.data.BadInput if model or rows cannot be used, whatever the method; anything else that is thrown
     *     concerns this training alone
     */
    TrainingOutcome train(TrainingJob job, TrainingListener listener) throws IOException;

    /**
     * What counts the tokens of rows as this model has them, asked by these settings; on the driver.
     *
     * @throws org.selgen.data.BadInput if the model's files cannot be used
     */
    TokenCounter tokenCounter(Path model, ChatSettings chat);

    /**
     * Answers of one run.
     *
     * @param listener is given the answers as they are made, and told of their tokens
     */
    List<Generation> generate(GenerationRequest request, GenerationListener listener) throws IOException;

    /**
     * The log-probability that one run gives each word of the experiment's {@code choices}, at every question.
     *
     * @param listener is told how many questions are done, as they are
     */
    List<Likelihood> score(GenerationRequest request, IntConsumer listener) throws IOException;

    /** Is told of answering while it is at work. */
    @FunctionalInterface
    interface GenerationListener extends Consumer<Generation> {
        /** A token is made. */
        default void token() {}
    }

    /** Is told of a training while it is at work. */
    @FunctionalInterface
    interface TrainingListener extends Consumer<StepMetrics> {
        /** So many of the steps to come were made by an earlier attempt. */
        default void resumes(int steps) {}

        /** A part of long work beside the steps is done. */
        default void working() {}
    }
}
