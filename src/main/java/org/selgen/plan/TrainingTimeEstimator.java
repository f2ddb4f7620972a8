package org.selgen.plan;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import org.selgen.data.Run;
import org.selgen.data.Status;
import org.selgen.tensor.PeakRates;

/**
 * How long a training will take here. The best ground there is decides:
 * <pre>
 *   seen     finished runs of the model and method:   tokens · Σ seconds / Σ tokens;  where none counts tokens, mean seconds
 *   scaled   those of another method:                 the same, times operations / that method's operations a token
 *   guess    none of the model:                       operations / (share of its width · rate of a large matrix product) + 2 s
 * </pre>
 */
public final class TrainingTimeEstimator {
    /** Training's share of a large matrix product at hidden 256. */
    static final double SHARE = 0.49;

    /** What a training does beside its steps: it opens model and rows, checks its adapter and writes it. 1 to 3 s were seen. */
    static final double BESIDE_SECONDS = 2;

    private static final double WIDTH = 256;
    private static final double GROWTH = 1.43;

    private final Map<List<String>, List<Run>> finished; // by method and model
    private final DoubleSupplier peakFlops;
    private final double share;

    /**
     * By what has been.
     *
     * @param past runs of the table
     * @param peakFlops operations a second of a large matrix product in one task
     * @param hidden width of the model; 0 where it is not known
     */
    public TrainingTimeEstimator(Collection<Run> past, DoubleSupplier peakFlops, int hidden) {
        this.share = hidden == 0 ? SHARE : share(hidden);
        this.finished = past.stream()
                .filter(run -> run.status() == Status.FINISHED && run.seconds() > 0)
                .collect(Collectors.groupingBy(run -> List.of(run.method(), run.modelHash())));
        this.peakFlops = peakFlops;
    }

    /**
     * Training's share of a large matrix product: what a layer does beside products grows with its width, products with the
     * square of it. By {@code selgen bench} on one core: 0.27 at hidden 128 (16 rows of 25 tokens), 0.50 at 256 (16 of 64).
     * <pre>  1 / (1 + (256 / hidden)^1.43) </pre>
     */
    static double share(int hidden) {
        return 1 / (1 + Math.pow(WIDTH / hidden, GROWTH));
    }

    /** Measured once in a process. */
    private static final class ThisMachine {
        static final double PEAK = PeakRates.flopsAtOnce();
    }

    /** The rate here. */
    public static double here() {
        return ThisMachine.PEAK;
    }

    /**
     * A training to be timed.
     *
     * @param method as in the table runs
     * @param modelHash of its base model
     * @param tokens that its run will record
     * @param operations of all it does
     */
    record Task(String method, String modelHash, long tokens, double operations) {}

    /** @param by {@code seen}, {@code scaled} or {@code guess}, and of what */
    record Estimate(double seconds, String by) {}

    /**
     * The estimate of a training; none where there are neither runs nor operations to go by.
     *
     * @param others trainings whose methods may stand in for its own, the best first
     */
    Optional<Estimate> of(Task task, List<Task> others) {
        return seen(task)
                .or(() -> others.stream()
                        .flatMap(other -> scaled(task, other).stream())
                        .findFirst())
                .or(() -> task.operations() == 0 ? Optional.empty() : Optional.of(guess(task)));
    }

    private Optional<Estimate> seen(Task task) {
        List<Run> runs = finished(task);
        if (runs.isEmpty()) {
            return Optional.empty();
        }
        double seconds = runs.stream().mapToDouble(Run::seconds).sum();
        long tokens = runs.stream().mapToLong(Run::tokens).sum();
        String by = "seen, " + runs.size() + (runs.size() == 1 ? " run" : " runs");
        return Optional.of(new Estimate(tokens == 0 ? seconds / runs.size() : task.tokens() * seconds / tokens, by));
    }

    private Optional<Estimate> scaled(Task task, Task other) {
        if (other.tokens() == 0 || other.operations() == 0 || task.operations() == 0) {
            return Optional.empty();
        }
        return seen(other).map(seen -> {
            double factor = task.operations() / other.operations();
            return new Estimate(
                    seen.seconds() * factor, String.format(Locale.ROOT, "scaled, %.2f x %s", factor, other.method()));
        });
    }

    private Estimate guess(Task task) {
        double rate = share * peakFlops.getAsDouble();
        double seconds = BESIDE_SECONDS + task.operations() / rate;
        return new Estimate(seconds, String.format(Locale.ROOT, "guess, %.0f GFLOP/s", rate / 1e9));
    }

    private List<Run> finished(Task task) {
        return finished.getOrDefault(List.of(task.method(), task.modelHash()), List.of());
    }
}
