package org.selgen.train;

import java.io.Serializable;
import org.selgen.data.Default;
import org.selgen.data.RangeCheck;

/**
 * How often a training is saved, so that it can go on where it was stopped. Decides no weight, so it is in no run's id.
 *
 * @param steps a checkpoint after every so many optimizer steps, at least 1
 * @param minutes and whenever so many minutes have passed since the last one, above 0
 */
public record Checkpointing(
        @Default("200") int steps, @Default("5") float minutes) implements Serializable {
    public Checkpointing {
        RangeCheck.atLeast(1, steps, "checkpoint.steps");
        RangeCheck.within(1e-3, 1e6, minutes, "checkpoint.minutes");
    }
}
