package org.selgen.report;

import java.util.Collection;
import java.util.function.Function;
import org.selgen.data.Score;
import org.selgen.score.Seeds;

/**
 * A mean over seeds with an interval over questions.
 *
 * @param mean mean and standard error over the seeds
 * @param low mean over the seeds of the lower ends of the runs' 95 % intervals; the mean itself where there are none
 * @param high the same for the upper ends
 */
record Extent(Seeds.Mean mean, double low, double high) {
    static Extent of(Collection<Score> scores) {
        Seeds.Mean mean =
                Seeds.mean(scores.stream().map(s -> s.mean().orElseThrow()).toList());
        return new Extent(mean, end(scores, Score::low, mean.mean()), end(scores, Score::high, mean.mean()));
    }

    private static double end(Collection<Score> scores, Function<Score, Double> end, double otherwise) {
        return scores.stream().anyMatch(s -> end.apply(s) == null)
                ? otherwise
                : scores.stream().mapToDouble(end::apply).average().orElseThrow();
    }
}
