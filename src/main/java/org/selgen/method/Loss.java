package org.selgen.method;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.selgen.tensor.Tensor;

/**
 * The loss of a step and its parts. All are scalars, in nats.
 *
 * @param total what is minimised
 * @param task cross-entropy on the task rows
 * @param term the method's own term before it is weighted, where there is one
 */
public record Loss(Tensor total, Tensor task, @Nullable Tensor term) {

    /** The task alone. */
    public static Loss of(Tensor task) {
        return new Loss(task, task, null);
    }

    /** {@code task + weight · term}. */
    public static Loss of(Tensor task, float weight, Tensor term) {
        return new Loss(task.plus(term.times(weight)), task, term);
    }

    public Optional<Tensor> own() {
        return Optional.ofNullable(term);
    }
}
