package org.selgen.score;

import java.util.Collection;
import java.util.Optional;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Variance of a mean over seeds, as the seeds show it: s²/S, with S − 1 in s.
 *
 * @param variance of the mean
 * @param df degrees of freedom, S − 1
 */
record SeedVariance(double variance, int df) {
    private static final Quantiles LOWER_FIFTH =
            new Quantiles(df -> new ChiSquaredDistribution(null, df).inverseCumulativeProbability(0.2));

    /** Of the mean of these values, one a seed; nothing for one, which shows no spread. */
    static Optional<SeedVariance> of(Collection<Double> values) {
        int seeds = values.size();
        double[] array = values.stream().mapToDouble(Double::doubleValue).toArray();
        return seeds < 2
                ? Optional.empty()
                : Optional.of(new SeedVariance(StatUtils.variance(array) / seeds, seeds - 1));
    }

    /** This by a factor. */
    SeedVariance times(double factor) {
        return new SeedVariance(factor * variance, df);
    }

    /** What the true variance exceeds with a chance of one in five: df · variance / χ²_df(0.2). */
    double upper() {
        return df * variance / LOWER_FIFTH.of(df);
    }
}
