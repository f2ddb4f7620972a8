package org.selgen.score;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.selgen.data.Run;

/** Runs that differ in nothing but the seed, and the mean over them. */
public final class Seeds {
    private Seeds() {}

    /** What such runs share. */
    public record Setting(String method, String knobs) {}

    /**
     * A mean over seeds.
     *
     * @param mean arithmetic mean
     * @param sem standard error of the mean, s/√n with n−1 in s; absent for one seed, which shows no spread
     * @param n number of seeds
     */
    public record Mean(double mean, OptionalDouble sem, int n) {}

    /** The runs by method and knobs, in the order of their first appearance. */
    public static Map<Setting, List<Run>> grouped(List<Run> runs) {
        return runs.stream()
                .collect(Collectors.groupingBy(
                        run -> new Setting(run.method(), run.knobs()), LinkedHashMap::new, Collectors.toList()));
    }

    /** Mean and standard error of at least one value. */
    public static Mean mean(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("There is no mean of no values; leave out settings without scores");
        }
        SummaryStatistics statistics = new SummaryStatistics();
        values.forEach(statistics::addValue);
        int n = values.size();
        OptionalDouble sem =
                n < 2 ? OptionalDouble.empty() : OptionalDouble.of(statistics.getStandardDeviation() / Math.sqrt(n));
        return new Mean(statistics.getMean(), sem, n);
    }
}
