package org.selgen.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.selgen.data.Interval;
import org.selgen.data.Run;

/**
 * How sure a front is. Each draw weighs the question groups anew, the same for all settings and both axes, and the seeds of
 * each setting, by independent numbers of the exponential distribution: the Bayesian bootstrap (D. Rubin, Ann. Statist. 9
 * (1981) 130), in which no label is ever left without a question.
 * <pre>
 *   R_s = mean over parts of Σ_g w_g sum_g / Σ_g w_g count_g        for each seed s
 *   θ   = R̄ + √((S + 1) / (S − 1)) · (Σ_s v_s R_s / Σ_s v_s − R̄)    R̄ the mean of R_s
 * </pre>
 * The root makes the variance over seeds s²/S, which weights alone would make smaller by (S − 1)/(S + 1). One seed shows no
 * spread and has none here.
 *
 * @param onFront share of draws in which each setting is on the front, in their order
 * @param hypervolume from 2.5 to 97.5 % of its draws
 */
public record FrontBootstrap(List<Double> onFront, Interval hypervolume) {
    private static final int DRAWS = 1000;
    private static final int LEAST = 100;
    private static final long WORK = 200_000_000; // groups of all draws together

    public FrontBootstrap {
        onFront = List.copyOf(onFront);
    }

    /** One part of a run's figure: what its groups have said, by the groups' numbers. */
    private record Part(int[] groups, double[] sums, double[] counts) {
        double mean(double[] weights) {
            double sum = 0;
            double count = 0;
            for (int i = 0; i < groups.length; i++) {
                sum += weights[groups[i]] * sums[i];
                count += weights[groups[i]] * counts[i];
            }
            return sum / count;
        }
    }

    /**
     * Of some settings.
     *
     * @param settings the runs of each
     * @param x axis to the right, under the name that errors give it
     * @param y axis upwards
     * @return nothing where a run has no figure on an axis
     */
    public static Optional<FrontBootstrap> of(
            List<Map<Run, Tallies>> settings, Map.Entry<String, Axis> x, Map.Entry<String, Axis> y, long seed) {
        Map<String, Integer> groups = new HashMap<>();
        List<List<List<Part>>> across = parts(settings, x, groups);
        List<List<List<Part>>> up = parts(settings, y, groups);
        if (settings.isEmpty() || !whole(across) || !whole(up)) {
            return Optional.empty();
        }
        int draws = (int) Math.max(LEAST, Math.min(DRAWS, WORK / (size(across) + size(up))));
        SplittableRandom random = new SplittableRandom(seed);
        int[] times = new int[settings.size()];
        double[] areas = new double[draws];
        for (int draw = 0; draw < draws; draw++) {
            double[] weights = exponential(random, groups.size());
            List<ParetoFront.Point> points = new ArrayList<>();
            for (int i = 0; i < settings.size(); i++) {
                double[] seeds = exponential(random, settings.get(i).size());
                points.add(new ParetoFront.Point(
                        String.valueOf(i),
                        x.getValue().scale().value(figure(across.get(i), weights, seeds)),
                        y.getValue().scale().value(figure(up.get(i), weights, seeds))));
            }
            ParetoFront.of(points).forEach(point -> times[Integer.parseInt(point.name())]++);
            areas[draw] = Hypervolume.of(points);
        }
        Arrays.sort(areas);
        return Optional.of(new FrontBootstrap(
                Arrays.stream(times).mapToObj(n -> (double) n / draws).toList(),
                new Interval(areas[(int) (0.025 * (draws - 1))], areas[(int) Math.ceil(0.975 * (draws - 1))])));
    }

    private static List<List<List<Part>>> parts(
            List<Map<Run, Tallies>> settings, Map.Entry<String, Axis> axis, Map<String, Integer> groups) {
        return settings.stream()
                .map(runs -> runs.values().stream()
                        .map(tallies -> parts(tallies, axis, groups))
                        .toList())
                .toList();
    }

    private static List<Part> parts(Tallies tallies, Map.Entry<String, Axis> axis, Map<String, Integer> groups) {
        return tallies.axis(axis.getKey(), axis.getValue()).values().stream()
                .flatMap(label -> label.parts().stream())
                .map(part -> part(part, groups))
                .toList();
    }

    private static Part part(Map<String, Cluster> part, Map<String, Integer> groups) {
        List<Map.Entry<String, Cluster>> some = part.entrySet().stream()
                .filter(group -> group.getValue().count() > 0)
                .toList();
        return new Part(
                some.stream()
                        .mapToInt(group -> groups.computeIfAbsent(group.getKey(), key -> groups.size()))
                        .toArray(),
                some.stream().mapToDouble(group -> group.getValue().sum()).toArray(),
                some.stream().mapToDouble(group -> group.getValue().count()).toArray());
    }

    private static boolean whole(List<List<List<Part>>> settings) {
        return settings.stream()
                .allMatch(runs -> !runs.isEmpty()
                        && runs.stream()
                                .allMatch(parts ->
                                        !parts.isEmpty() && parts.stream().allMatch(part -> part.groups().length > 0)));
    }

    private static long size(List<List<List<Part>>> settings) {
        return settings.stream()
                .flatMap(List::stream)
                .flatMap(List::stream)
                .mapToLong(part -> part.groups().length)
                .sum();
    }

    private static double figure(List<List<Part>> runs, double[] weights, double[] seeds) {
        double[] figures = runs.stream()
                .mapToDouble(parts -> parts.stream()
                        .mapToDouble(part -> part.mean(weights))
                        .average()
                        .orElseThrow())
                .toArray();
        double mean = Arrays.stream(figures).average().orElseThrow();
        double weighed = 0;
        for (int i = 0; i < figures.length; i++) {
            weighed += seeds[i] * figures[i];
        }
        int n = figures.length;
        double stretch = n < 2 ? 0 : Math.sqrt((n + 1.0) / (n - 1.0));
        return mean + stretch * (weighed / Arrays.stream(seeds).sum() - mean);
    }

    private static double[] exponential(SplittableRandom random, int count) {
        return random.doubles(count).map(u -> -Math.log1p(-u)).toArray();
    }
}
