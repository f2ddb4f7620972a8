package org.selgen.method;

import java.util.List;
import org.selgen.tensor.Tensor;

/**
 * Gradients of earlier steps that a method keeps between steps: with the adapter and the optimizer the state of a training,
 * and a part of its checkpoints.
 *
 * @param step number of optimizer steps made before this one
 * @param gradients as many as {@link Method#remembers} says, each one tensor for each parameter; zeros until the method
 *     overwrites them in place
 */
public record GradientMemory(int step, List<List<Tensor>> gradients) {
    /** Of a method that keeps none. */
    public static final GradientMemory NONE = new GradientMemory(0, List.of());
}
