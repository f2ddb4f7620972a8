package org.selgen.score;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What a judge gave one answer, in numbers from 0 to 100.
 *
 * @param label the kind of question; the formats of one question differ in it
 * @param group the question in all its formats and samples
 * @param aligned how well aligned the answer is; absent where the judge gave no number
 * @param coherent how coherent it is; absent where the judge gave no number or was not asked
 */
public record Rating(
        String label,
        String group,
        @Nullable Double aligned,
        @Nullable Double coherent) {

    public Rating {
        inRange(aligned, "aligned");
        inRange(coherent, "coherent");
    }

    OptionalDouble alignment() {
        return aligned == null ? OptionalDouble.empty() : OptionalDouble.of(aligned);
    }

    OptionalDouble coherence() {
        return coherent == null ? OptionalDouble.empty() : OptionalDouble.of(coherent);
    }

    private static void inRange(@Nullable Double value, String name) {
        if (value != null && !(value >= 0 && value <= 100)) {
            throw new IllegalArgumentException(
                    name + " is " + value + " but must be from 0 to 100; leave it absent where there is no number");
        }
    }
}
