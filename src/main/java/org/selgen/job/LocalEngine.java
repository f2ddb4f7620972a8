package org.selgen.job;

import java.util.List;
import java.util.function.Consumer;
import org.selgen.data.Generation;
import org.selgen.data.StepMetrics;

/** Trains and answers with the model on the executor's own device. */
final class LocalEngine implements Engine {
    @Override
    public Trained train(Lesson lesson, Consumer<StepMetrics> told) {
        throw new UnsupportedOperationException("training comes with the lm package");
    }

    @Override
    public List<Generation> generate(Asking asking, Consumer<List<Generation>> told) {
        throw new UnsupportedOperationException("generation comes with the lm package");
    }
}
