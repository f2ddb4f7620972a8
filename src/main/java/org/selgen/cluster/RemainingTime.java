package org.selgen.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/**
 * How long tasks will still take. A task weighs as many seconds as it was expected to take, and what was done so far corrects
 * that, stage by stage:
 * <pre>
 *   pace of a stage   (seconds spent + ½) / (expected seconds of what is done + ½)
 *   left of a task    pace · expected seconds of what is not done
 *   left              the longest left of a task at work, or Σ left / tasks at once where that is more
 * </pre>
 * It is worked out when something is heard of a task, and counts down in between: waiting never makes it climb. Tasks of which
 * nothing was expected weigh as the others of their stage do; what is left of a stage of none but those is known once some of it
 * is done.
 */
final class RemainingTime {
    private static final double PRIOR_SECONDS = 0.5;

    private final LongSupplier nanos;
    private final Map<String, Map<String, Task>> stages = new LinkedHashMap<>();
    private double left = Double.NaN;
    private long heard;

    /** @param nanos the time in nanoseconds, from any beginning on */
    RemainingTime(LongSupplier nanos) {
        this.nanos = nanos;
    }

    private static final class Task {
        private double expected = Double.NaN;
        private double before;
        private double share;
        private double spent;
        private long begun;
        private boolean working;
        private boolean ended;

        private boolean open() {
            return !ended;
        }
    }

    /** A task of which nothing was known yet will take so long; NaN where that is not known. */
    void expect(String stage, String name, double seconds) {
        task(stage, name).expected = seconds;
    }

    /** A task is at work from now on, from its beginning. */
    void begin(String stage, String name) {
        Task task = task(stage, name);
        task.begun = nanos.getAsLong();
        task.working = true;
        task.before = 0;
        task.share = 0;
        task.spent = 0;
        count();
    }

    /**
     * So much of a task is done.
     *
     * @param before part of it, from 0 to 1, that an earlier attempt had done: no time was spent on it
     * @param share part that is done, that included
     */
    void hear(String stage, String name, double before, double share) {
        Task task = task(stage, name);
        if (task.ended) {
            return; // a message that came late
        }
        if (!task.working) {
            begin(stage, name);
        }
        task.before = before;
        task.share = share;
        task.spent = seconds(task);
        count();
    }

    /** A task is done, or will never be. */
    void end(String stage, String name) {
        Task task = task(stage, name);
        if (task.working) {
            task.spent = seconds(task);
            task.share = 1;
        }
        task.working = false;
        task.ended = true;
        count();
    }

    /** Seconds; none where it is not known. */
    OptionalDouble seconds() {
        return Double.isNaN(left)
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.max(0, left - (nanos.getAsLong() - heard) / 1e9));
    }

    private Task task(String stage, String name) {
        return stages.computeIfAbsent(stage, s -> new LinkedHashMap<>()).computeIfAbsent(name, n -> new Task());
    }

    private double seconds(Task task) {
        return (nanos.getAsLong() - task.begun) / 1e9;
    }

    private void count() {
        double all = 0;
        double longest = 0;
        for (Map<String, Task> stage : stages.values()) {
            double usual = usual(stage.values());
            double pace = pace(stage.values(), usual);
            for (Task task : stage.values()) {
                if (task.open()) {
                    double more = pace * (1 - task.share) * weight(task, usual);
                    all += more;
                    longest = task.working ? Math.max(longest, more) : longest;
                }
            }
        }
        left = Math.max(longest, all / atOnce());
        heard = nanos.getAsLong();
    }

    /** What a task of the stage is mostly expected to take; NaN where nothing is known of any. */
    private static double usual(Collection<Task> stage) {
        return stage.stream()
                .mapToDouble(task -> task.expected)
                .filter(seconds -> !Double.isNaN(seconds))
                .average()
                .orElse(Double.NaN);
    }

    private static double weight(Task task, double usual) {
        double weight = Double.isNaN(task.expected) ? usual : task.expected;
        return Double.isNaN(weight) ? 1 : weight;
    }

    private static double pace(Collection<Task> stage, double usual) {
        double spent = stage.stream().mapToDouble(task -> task.spent).sum();
        double done = stage.stream()
                .mapToDouble(task -> (task.share - task.before) * weight(task, usual))
                .sum();
        if (Double.isNaN(usual)) {
            return done == 0 ? Double.NaN : spent / done;
        }
        return (spent + PRIOR_SECONDS) / (done + PRIOR_SECONDS);
    }

    /** How many tasks were at work at once so far, in the mean. */
    private double atOnce() {
        List<Task> begun = new ArrayList<>();
        stages.values()
                .forEach(stage -> stage.values().stream()
                        .filter(task -> task.working || task.spent > 0)
                        .forEach(begun::add));
        double elapsed = begun.stream().mapToDouble(this::seconds).max().orElse(0);
        double worked = begun.stream()
                .mapToDouble(task -> task.working ? seconds(task) : task.spent)
                .sum();
        return Math.max(1, elapsed < 1 ? begun.size() : worked / elapsed);
    }
}
