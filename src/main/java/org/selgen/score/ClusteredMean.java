package org.selgen.score;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.math3.distribution.TDistribution;
import org.selgen.data.Interval;

/**
 * A mean over runs and parts with its variance over question groups, on [0, 1]: what both intervals of a figure are made of.
 * <pre>
 *   θ   = mean over runs s and parts k of R_sk                                   ({@link LabelMean})
 *   u_g = G_c · mean over s and over the parts k of c of moves_skg               for each group g of a component c
 *   V_q = Σ_c w_c² · [Σ_g u_g² + G_c (θ_c − θ̃_c)² + a (1 − θ̃_c)² + a θ̃_c²] / ((G_c + 2a) G_c)
 *   ν_q = V_q² / Σ_c (V_c² / (G_c − 1))
 * </pre>
 * Parts that share a group are one component c of G_c groups, weight w_c (its share of the parts) and mean θ_c: its groups are
 * drawn jointly, as a bootstrap would that draws each group once for all parts in which it is. The runs have the same
 * questions, so that a group is drawn once for all of them too.
 *
 * <p>A component counts a groups of nothing but hits and a of nothing but misses beside its own, θ̃_c = (G_c θ_c + a) / (G_c +
 * 2a), so that equal answers leave a variance ({@link Scale}). For a single share a = ¼: V_q is then θ̃(1 − θ̃)/G exactly where each
 * group has one answer, and the interval Wilson's. For a difference a = 1 (D. Bonett and R. Price, J. Educ. Behav. Stat. 37
 * (2012) 479, who add 1 to each kind of disagreement). Where components may lie at both ends, two of each over all of them: chosen
 * for cover, which a smaller number loses.
 *
 * <p><b>Over questions</b> the interval is {@link ScoreInterval} with n = θ̃(1 − θ̃)/V_q and the t-quantile of ν_q degrees of
 * freedom. <b>Over seeds and questions</b> the variance is V = V_q + V_s, V_s = s²/S of the runs' figures ({@link SeedVariance}), and
 * <pre>  ν = (V_q + V_s')² / (V_q²/ν_q + V_s'²/(S − 1)),  V_s' = (S − 1) V_s / χ²_{S−1}(0.2) </pre>
 * Satterthwaite's degrees of freedom (F. E. Satterthwaite, Biometrics Bull. 2 (1946) 110), not at the estimate of the seeds'
 * variance but at what its true value exceeds with a chance of one in five: with 1 or 2 degrees of freedom the estimate is often
 * small by chance, ν then large, and ten points of cover lost. V counts the interaction of seeds and questions twice, as two-way clustering without its
 * third term does: too wide rather than too narrow (A. Owen, Ann. Appl. Stat. 1 (2007) 386).
 *
 * @param value θ
 * @param padded Σ_c w_c θ̃_c
 * @param variance V_q
 * @param df ν_q
 */
record ClusteredMean(double value, double padded, double variance, double df) {
    private static final Quantiles QUANTILES =
            new Quantiles(df -> new TDistribution(null, df).inverseCumulativeProbability(0.975));

    /**
     * The mean of these runs.
     *
     * @param runs at least one, each with its parts in the same order, at least one
     * @return nothing if a component has fewer than two groups
     */
    static Optional<ClusteredMean> of(List<List<LabelMean>> runs, Scale scale) {
        List<Set<Integer>> components = components(runs);
        int parts = runs.get(0).size();
        double value = 0;
        double padded = 0;
        double variance = 0;
        double squares = 0;
        for (Set<Integer> component : components) {
            double weight = (double) component.size() / parts;
            Map<String, Double> moves = moves(runs, component);
            int groups = moves.size();
            if (groups < 2) {
                return Optional.empty();
            }
            double a = scale.padding(components.size());
            double mean = mean(runs, component);
            double shrunk = (groups * mean + a) / (groups + 2 * a);
            double sum = groups * square(mean - shrunk) + a * square(1 - shrunk) + a * square(shrunk);
            for (double move : moves.values()) {
                sum += square(groups * move);
            }
            double own = square(weight) * sum / ((groups + 2 * a) * groups);
            value += weight * mean;
            padded += weight * shrunk;
            variance += own;
            squares += square(own) / (groups - 1);
        }
        return Optional.of(new ClusteredMean(value, padded, variance, square(variance) / squares));
    }

    /** These seeds, other questions. */
    Interval overQuestions() {
        return interval(variance, df);
    }

    /**
     * Other seeds and other questions.
     *
     * @param seeds the variances that seeds add; none where there are no seeds
     */
    Interval overSeeds(List<SeedVariance> seeds) {
        return interval(total(seeds), Satterthwaite.df(variance, df, seeds));
    }

    private double total(List<SeedVariance> seeds) {
        return variance + seeds.stream().mapToDouble(SeedVariance::variance).sum();
    }

    /**
     * The error at which the interval of that error would begin or end at ½, {@link ScoreInterval}'s formula the other way round:
     * <pre>  p = 2 (1 − T_ν(t)),   t = 2 |θ − ½| √n </pre>
     *
     * @param seeds the variances that seeds add
     */
    double p(List<SeedVariance> seeds) {
        double answers = padded * (1 - padded) / total(seeds);
        double t = 2 * Math.abs(value - 0.5) * Math.sqrt(answers);
        return 2 * new TDistribution(null, Satterthwaite.df(variance, df, seeds)).cumulativeProbability(-t);
    }

    private Interval interval(double total, double freedom) {
        double quantile = QUANTILES.of(freedom);
        return ScoreInterval.of(value, padded * (1 - padded) / total, quantile);
    }

    /** Indices of the parts that are linked by common groups. */
    private static List<Set<Integer>> components(List<List<LabelMean>> runs) {
        if (runs.get(0).size() == 1) {
            return List.of(Set.of(0));
        }
        List<Set<Integer>> components = new ArrayList<>();
        Map<String, Set<Integer>> of = new HashMap<>();
        for (int part = 0; part < runs.get(0).size(); part++) {
            Set<Integer> merged = new HashSet<>(Set.of(part));
            Set<String> groups = new HashSet<>();
            for (List<LabelMean> run : runs) {
                groups.addAll(run.get(part).moves().keySet());
            }
            for (String group : groups) {
                merged.addAll(of.getOrDefault(group, Set.of()));
            }
            components.removeIf(merged::containsAll);
            components.add(merged);
            of.replaceAll((group, component) -> merged.containsAll(component) ? merged : component);
            groups.forEach(group -> of.put(group, merged));
        }
        return components;
    }

    /** By group, in a fixed order, so that sums are the same on every machine. */
    private static Map<String, Double> moves(List<List<LabelMean>> runs, Set<Integer> component) {
        if (runs.size() == 1 && component.size() == 1) {
            return runs.get(0).get(component.iterator().next()).moves(); // by 1, in the same order
        }
        Map<String, Double> moves = new TreeMap<>();
        double weight = 1.0 / (runs.size() * component.size());
        for (List<LabelMean> run : runs) {
            for (int part : component) {
                run.get(part).moves().forEach((group, move) -> moves.merge(group, weight * move, Double::sum));
            }
        }
        return moves;
    }

    private static double mean(List<List<LabelMean>> runs, Set<Integer> component) {
        return runs.stream()
                        .mapToDouble(run -> component.stream()
                                .mapToDouble(part -> run.get(part).mean())
                                .sum())
                        .sum()
                / (runs.size() * component.size());
    }

    private static double square(double x) {
        return x * x;
    }
}
