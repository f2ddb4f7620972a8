package org.selgen.score;

import java.util.List;

/** Degrees of freedom of a sum of variances ({@link ClusteredMean} says which, and why so). */
final class Satterthwaite {
    private Satterthwaite() {}

    /**
     * ν of a variance over questions and some over seeds.
     *
     * @param questions variance, above 0
     * @param df its degrees of freedom
     * @param seeds each taken at its upper value
     */
    static double df(double questions, double df, List<SeedVariance> seeds) {
        double total = questions;
        double squares = questions * questions / df;
        for (SeedVariance each : seeds) {
            double upper = each.upper();
            total += upper;
            squares += upper * upper / each.df();
        }
        return total * total / squares;
    }
}
