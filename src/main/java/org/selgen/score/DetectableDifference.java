package org.selgen.score;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.math3.distribution.TDistribution;
import org.selgen.data.Interval;
import org.selgen.data.Score;

/**
 * What a comparison with {@code standard} can show, at the spread that an earlier one had.
 * <pre>
 *   d   = (t_ν(0.975) + t_ν(0.8)) · √(V_s + V_q)
 *   V_s = (a + e q₀/q) / S      V_q = (b + e/S) q₀/q
 * </pre>
 * A true difference d has an interval without 0 in 80 % of experiments of S seeds and q questions. V_s, V_q and ν are those of {@link
 * ClusteredMean}. Source: H. S. Bloom, Evaluation Review 19 (1995) 547.
 *
 * @param seeds a, the variance of the true difference between seeds; absent where one seed was compared
 * @param common b, the variance over q₀ questions of what all seeds have in common
 * @param single e, the variance over q₀ questions of what is a single seed's
 * @param questions q₀
 */
public record DetectableDifference(OptionalDouble seeds, double common, double single, long questions) {
    private static final double LEVEL = 0.975;
    private static final double POWER = 0.8;
    private static final double NORMAL = 1.959964; // standard errors from the middle to the end of a 95 % interval

    /** The spread in one setting's rows of a difference; nothing where they have no intervals. */
    public static Optional<DetectableDifference> of(Collection<Score> rows) {
        List<Score> whole = rows.stream()
                .filter(row -> row.mean().isPresent())
                .filter(row -> row.overQuestions().isPresent() && row.low() != null && row.high() != null)
                .toList();
        if (whole.isEmpty()) {
            return Optional.empty();
        }
        Score any = whole.get(0);
        int known = whole.size();
        double ofMean = variance(any.overQuestions().orElseThrow());
        double ofOne = whole.stream()
                .mapToDouble(row -> variance(new Interval(row.low(), row.high())))
                .average()
                .orElseThrow();
        Optional<SeedVariance> between = SeedVariance.of(
                whole.stream().map(row -> row.mean().orElseThrow()).toList());
        // of one is b + e, of the mean b + e/S
        double single = known == 1 ? 0 : Math.max(0, Math.min(ofMean * known, (ofOne - ofMean) * known / (known - 1)));
        return Optional.of(new DetectableDifference(
                between.map(variance -> OptionalDouble.of(Math.max(0, variance.variance() * known - single)))
                        .orElse(OptionalDouble.empty()),
                ofMean - single / known,
                single,
                any.n()));
    }

    /** The spread of answers to these questions where nothing else is known. */
    public static DetectableDifference atWorst(AxisQuestions planned) {
        return new DetectableDifference(OptionalDouble.empty(), planned.worstVariance(), 0, planned.count());
    }

    /** The difference that holds for other seeds and questions; nothing where the spread of seeds is not known. */
    public OptionalDouble over(int plannedSeeds, long plannedQuestions) {
        if (seeds.isEmpty() || plannedSeeds < 2) {
            return OptionalDouble.empty();
        }
        double ofSeeds = (seeds.getAsDouble() + single * questions / plannedQuestions) / plannedSeeds;
        return OptionalDouble.of(least(
                ofQuestions(plannedSeeds, plannedQuestions),
                plannedQuestions,
                List.of(new SeedVariance(ofSeeds, plannedSeeds - 1))));
    }

    /** The difference that holds for other questions and the planned seeds. */
    public double overQuestions(int plannedSeeds, long plannedQuestions) {
        return least(ofQuestions(plannedSeeds, plannedQuestions), plannedQuestions, List.of());
    }

    private double ofQuestions(int plannedSeeds, long plannedQuestions) {
        return (common + single / plannedSeeds) * questions / plannedQuestions;
    }

    private static double least(double ofQuestions, long planned, List<SeedVariance> ofSeeds) {
        double total = ofQuestions
                + ofSeeds.stream().mapToDouble(SeedVariance::variance).sum();
        double df = Satterthwaite.df(ofQuestions, Math.max(1.0, (double) planned - 1), ofSeeds);
        TDistribution t = new TDistribution(df);
        return (t.inverseCumulativeProbability(LEVEL) + t.inverseCumulativeProbability(POWER)) * Math.sqrt(total);
    }

    private static double variance(Interval interval) {
        double error = interval.width() / 2 / NORMAL;
        return error * error;
    }
}
