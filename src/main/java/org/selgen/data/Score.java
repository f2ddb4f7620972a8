package org.selgen.data;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One metric of one run.
 *
 * @param experiment the experiment whose conf defines the metric
 * @param run the run's id
 * @param metric {@code capability}, {@code alignment} or one of their parts
 * @param label the kind of question, or {@code all}
 * @param value the mean, in [0, 1], or a difference of two, in [-1, 1]; absent when nothing could be scored
 * @param low lower end of the 95 % interval, bootstrap clustered by question group
 * @param high upper end of the interval
 * @param n answers scored
 * @param unscored answers that no judge could score
 */
public record Score(
        String experiment,
        String run,
        String metric,
        String label,
        @Nullable Double value,
        @Nullable Double low,
        @Nullable Double high,
        long n,
        long unscored) {
    public static final String CAPABILITY = "capability";
    public static final String ALIGNMENT = "alignment";
    public static final String ALL = "all";

    public OptionalDouble mean() {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
