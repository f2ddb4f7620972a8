package org.selgen.score;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.selgen.data.Interval;
import org.selgen.data.Run;

/**
 * How much more of an axis one setting has than another: the mean over the axis's labels of the paired difference on the same
 * questions ({@link Paired}). Groups are drawn jointly for both and for all labels, and the intervals are those of {@link
 * ClusteredMean} with
 * <pre>
 *   seeds matched    (each run has one of the other's with its seed): run − that run for each seed; V_s = s²/S of these differences
 *   not matched      (one has none): run − all of the other's together;           V_s = s²/S of the one + of the other
 *   one has no seeds (base, external): it and each run of the other;              V_s = s²/S of these differences
 *   neither has      V_s = 0
 * </pre>
 */
public final class Contrast {
    private final Map<Run, Paired> pairs = new LinkedHashMap<>();
    private final Estimate estimate;
    private final Optional<List<SeedVariance>> spread;
    private final Side own;
    private final Side other;

    /** The tallies of a setting's runs on an axis. */
    private record Side(Map<Run, Tallies> tallies, String name, Axis axis) {
        List<Run> runs() {
            return List.copyOf(tallies.keySet());
        }

        boolean seedless() {
            return runs().stream().noneMatch(Run::seeded);
        }

        List<Run> ofSeed(Run run) {
            return runs().stream().filter(each -> each.seed() == run.seed()).toList();
        }

        /** By label, in the axis's order; of several runs, the answers to one question are taken together. */
        Map<String, Tally> labels(List<Run> of) {
            Map<String, Tally> labels = new LinkedHashMap<>();
            of.forEach(run -> tallies.get(run)
                    .axis(name, axis)
                    .forEach((label, tally) -> labels.merge(label, tally, Tally::plus)));
            return labels;
        }

        Scale scale() {
            return Tally.scale(labels(runs()).values());
        }

        /** A figure of each run that has all labels. */
        List<List<LabelMean>> parts() {
            List<List<LabelMean>> parts = new ArrayList<>();
            runs().forEach(run -> Tally.parts(
                            List.copyOf(tallies.get(run).axis(name, axis).values()))
                    .ifPresent(parts::add));
            return parts;
        }

        double mean() {
            return Seeds.mean(parts().stream()
                            .map(run -> new Estimate(List.of(run), scale()).value())
                            .toList())
                    .mean();
        }
    }

    private Contrast(Side own, Side other, Map<Run, Paired> pairs) {
        this.own = own;
        this.other = other;
        this.pairs.putAll(pairs);
        List<List<LabelMean>> runs = own.seedless() && !other.seedless()
                ? each(own, other)
                : pairs.values().stream().map(Paired::parts).toList();
        this.estimate = new Estimate(runs, own.scale().difference());
        if (own.seedless() && other.seedless()) {
            this.spread = Optional.of(List.of());
        } else if (own.seedless() || other.seedless() || matched(own, other)) {
            this.spread = SeedVariance.of(estimate.places()).map(List::of);
        } else {
            this.spread = apart(own, other);
        }
    }

    /**
     * The difference of two settings.
     *
     * @param own finished runs of the one
     * @param other finished runs of the other
     * @param name of the axis
     * @return nothing if they share no question of some label
     */
    public static Optional<Contrast> of(Map<Run, Tallies> own, Map<Run, Tallies> other, String name, Axis axis) {
        Side first = new Side(own, name, axis);
        Side second = new Side(other, name, axis);
        Map<Run, Paired> pairs = new LinkedHashMap<>();
        for (Run run : first.runs()) {
            pair(first, List.of(run), second, matched(first, second) ? second.ofSeed(run) : second.runs())
                    .ifPresent(pair -> pairs.put(run, pair));
        }
        return pairs.isEmpty() ? Optional.empty() : Optional.of(new Contrast(first, second, pairs));
    }

    private static boolean matched(Side own, Side other) {
        return !own.seedless()
                && !other.seedless()
                && own.runs().stream().noneMatch(run -> other.ofSeed(run).isEmpty());
    }

    private static Optional<Paired> pair(Side own, List<Run> runs, Side other, List<Run> with) {
        Map<String, Tally> mine = own.labels(runs);
        Map<String, Tally> theirs = other.labels(with);
        return mine.keySet().equals(theirs.keySet())
                ? Paired.of(shares(mine.keySet().stream().map(theirs::get)), shares(mine.values().stream()))
                : Optional.empty();
    }

    private static List<Map<String, Cluster>> shares(Stream<Tally> labels) {
        return labels.flatMap(label -> label.parts().stream()).toList();
    }

    /** Differences to each run of the other. */
    private static List<List<LabelMean>> each(Side own, Side other) {
        return other.runs().stream()
                .flatMap(run -> pair(own, own.runs(), other, List.of(run)).stream())
                .map(Paired::parts)
                .toList();
    }

    /** What the seeds of two settings that were not matched add to the variance of half their difference. */
    private static Optional<List<SeedVariance>> apart(Side own, Side other) {
        List<SeedVariance> variances = Stream.of(own, other)
                .flatMap(side -> SeedVariance.of(new Estimate(side.parts(), Scale.SHARE).places()).stream())
                .map(variance -> variance.times(0.25))
                .toList();
        return variances.size() == 2 ? Optional.of(variances) : Optional.empty();
    }

    /** Of each run that shares questions with the other setting. */
    Map<Run, Paired> pairs() {
        return pairs;
    }

    Scale scale() {
        return estimate.scale();
    }

    /** Mean of the one setting over its seeds and all its questions. */
    public double own() {
        return own.mean();
    }

    /** The same of the other. */
    public double other() {
        return other.mean();
    }

    /** The difference on common questions. */
    public double value() {
        return estimate.value();
    }

    /** Where it lies for other seeds and other questions; nothing where that is not known. */
    public Optional<Interval> overSeeds() {
        return spread.flatMap(estimate::overSeeds);
    }

    /** Where it lies for these seeds and other questions; nothing if there are too few. */
    public Optional<Interval> overQuestions() {
        return estimate.overQuestions();
    }

    /**
     * How probable a difference at least as large would be if there were none, two-sided: below 0.05 exactly where the interval
     * over seeds and questions leaves 0 out; the one over questions where that is not known. Nothing if there are too few.
     */
    public Optional<Double> p() {
        return estimate.p(spread.orElse(List.of()));
    }

    /** Question groups that both have answered, of one run. */
    public int questions() {
        return pairs.values().stream().mapToInt(Paired::questions).max().orElse(0);
    }

    /** Question groups that one alone has answered, of one run. */
    public int unpaired() {
        return pairs.values().stream().mapToInt(Paired::unpaired).max().orElse(0);
    }
}
