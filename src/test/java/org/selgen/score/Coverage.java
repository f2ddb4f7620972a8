package org.selgen.score;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.selgen.data.Interval;

/**
 * How often an interval holds the truth, and how wide it is.
 *
 * @param cover share of the samples
 * @param width median
 */
record Coverage(double cover, double width) {
    /**
     * Of drawn samples.
     *
     * @param draw gives the interval of a new sample
     */
    static Coverage of(
            int samples, double truth, RandomGenerator random, Function<RandomGenerator, Optional<Interval>> draw) {
        int held = 0;
        double[] widths = new double[samples];
        for (int i = 0; i < samples; i++) {
            Interval interval = draw.apply(random).orElseThrow();
            held += interval.contains(truth) ? 1 : 0;
            widths[i] = interval.width();
        }
        return new Coverage((double) held / samples, new Median().evaluate(widths));
    }

    /** As the table of the docs has it: {@code 0.953 (0.12)}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.3f (%.2f)", cover, width);
    }
}
