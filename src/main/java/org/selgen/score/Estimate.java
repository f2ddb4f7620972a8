package org.selgen.score;

import java.util.List;
import java.util.Optional;
import org.selgen.data.Interval;

/**
 * A figure of some runs on the same questions.
 *
 * @param runs the parts of each; at least one run and one part
 * @param scale of the figure
 */
record Estimate(List<List<LabelMean>> runs, Scale scale) {
    Estimate {
        runs = List.copyOf(runs);
    }

    /** Mean over runs and parts, on the scale. */
    double value() {
        return scale.value(places().stream().mapToDouble(place -> place).sum() / runs.size());
    }

    /** Each run's mean over parts, on [0, 1]. */
    List<Double> places() {
        return runs.stream()
                .map(parts -> parts.stream().mapToDouble(LabelMean::mean).sum() / parts.size())
                .toList();
    }

    /** These runs, other questions; nothing if there are too few. */
    Optional<Interval> overQuestions() {
        return ClusteredMean.of(runs, scale).map(mean -> scale.interval(mean.overQuestions()));
    }

    /** Other seeds and other questions; nothing if one of the two is not known. */
    Optional<Interval> overSeeds() {
        return SeedVariance.of(places()).flatMap(seeds -> overSeeds(List.of(seeds)));
    }

    /**
     * The same where the spread of seeds is known from elsewhere.
     *
     * @param seeds variances of this figure's place on [0, 1]
     */
    Optional<Interval> overSeeds(List<SeedVariance> seeds) {
        return ClusteredMean.of(runs, scale).map(mean -> scale.interval(mean.overSeeds(seeds)));
    }

    /**
     * How probable a figure at least as far from the middle of the scale would be if the middle were true, two-sided; nothing if
     * there are too few groups.
     *
     * @param seeds as above; none for these seeds
     */
    Optional<Double> p(List<SeedVariance> seeds) {
        return ClusteredMean.of(runs, scale).map(mean -> mean.p(seeds));
    }
}
