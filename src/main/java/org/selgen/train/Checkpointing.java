package org.selgen.train;

import java.io.Serializable;
import org.selgen.data.Default;
import org.selgen.data.RangeCheck;

/**
 * How often a training is saved, so that it can continue where it was stopped, and what it keeps for its backward pass. It
 * changes no weight, so it is not part of a run's id.
 *
 * @param steps number of optimizer steps between two checkpoints, at least 1
 * @param minutes longest time between two checkpoints, above 0; checked after each step. The first come sooner: see
 *     {@link Checkpoints}
 * @param activations whether a training step keeps of each layer its output alone, and computes the rest again: less memory
 *     and more time, by {@link org.selgen.tensor.ActivationCheckpointing}
 */
public record Checkpointing(
        @Default("200") int steps,
        @Default("5") float minutes,
        @Default("false") boolean activations) implements Serializable {
    public Checkpointing {
        RangeCheck.atLeast(1, steps, "checkpoint.steps");
        RangeCheck.within(1e-3, 1e6, minutes, "checkpoint.minutes");
    }

    /** The same with the least memory: its weights are the same to the bit. */
    public Checkpointing ofActivations() {
        return new Checkpointing(steps, minutes, true);
    }
}
