package org.selgen.score;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.math3.distribution.TDistribution;
import org.selgen.data.Score;

/**
 * What a comparison with {@code standard} can show, at the spread that an earlier one had.
 * <pre>  d = (t_ν(0.975) + t_ν(0.8)) · √(s²/S + v q₀/q) </pre>
 * A true difference d has an interval without 0 in 80 % of experiments of S seeds and q questions. ν are the degrees of freedom of
 * {@link ClusteredMean}. Source: H. S. Bloom, Evaluation Review 19 (1995) 547.
 *
 * @param seeds s², the variance between seeds of the difference; absent where one seed was compared
 * @param variance v of the mean difference over q₀ questions
 * @param questions q₀
 */
public record DetectableDifference(OptionalDouble seeds, double variance, long questions) {
    private static final double LEVEL = 0.975;
    private static final double POWER = 0.8;
    private static final double NORMAL = 1.959964; // standard errors from the middle to the end of a 95 % interval

    /** The spread in one setting's rows of a difference; nothing where they have no interval. */
    public static Optional<DetectableDifference> of(Collection<Score> rows) {
        List<Double> values =
                rows.stream().flatMap(row -> row.mean().stream().boxed()).toList();
        return rows.stream()
                .filter(row -> row.overQuestions().isPresent())
                .findFirst()
                .map(row -> new DetectableDifference(
                        SeedVariance.of(values)
                                .map(variance -> OptionalDouble.of(variance.variance() * values.size()))
                                .orElse(OptionalDouble.empty()),
                        square(row.overQuestions().orElseThrow().width() / 2 / NORMAL),
                        row.n()));
    }

    /** The spread of answers to these questions where nothing else is known. */
    public static DetectableDifference atWorst(AxisQuestions planned) {
        return new DetectableDifference(OptionalDouble.empty(), planned.worstVariance(), planned.count());
    }

    /** The difference that holds for other seeds and questions; nothing where the spread of either is not known. */
    public OptionalDouble over(int plannedSeeds, long plannedQuestions) {
        if (seeds.isEmpty() || plannedSeeds < 2) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(least(
                variance * questions / plannedQuestions,
                plannedQuestions,
                List.of(new SeedVariance(seeds.getAsDouble() / plannedSeeds, plannedSeeds - 1))));
    }

    /** The difference that holds for other questions and these seeds. */
    public double over(long plannedQuestions) {
        return least(variance * questions / plannedQuestions, plannedQuestions, List.of());
    }

    private static double least(double ofQuestions, long planned, List<SeedVariance> ofSeeds) {
        double total = ofQuestions + ofSeeds.stream().mapToDouble(SeedVariance::variance).sum();
        TDistribution t = new TDistribution(Satterthwaite.df(ofQuestions, Math.max(1, planned - 1), ofSeeds));
        return (t.inverseCumulativeProbability(LEVEL) + t.inverseCumulativeProbability(POWER)) * Math.sqrt(total);
    }

    private static double square(double x) {
        return x * x;
    }
}
