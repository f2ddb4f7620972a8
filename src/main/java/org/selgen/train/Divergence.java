package org.selgen.train;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.selgen.data.StepMetrics;

/**
 * When a training is stopped because it diverged: the last step's loss or gradient norm is NaN or infinite, or the loss
 * exploded:
 * <pre>  loss(s) &gt; max({@value #LOSS}, {@value #TIMES} · median of loss(1) … loss(S − {@value #STEPS}))   for the last {@value #STEPS} steps S − {@value #STEPS} &lt; s ≤ S </pre>
 * A method whose loss is large from the beginning has a large median, so only growth counts. The rule is our own; we
 * know of no paper that defines one.
 */
final class Divergence {
    private static final double LOSS = 10; // nats
    private static final double TIMES = 10;
    private static final int STEPS = 5;

    private Divergence() {}

    /** The reason why the training diverged at the last of these steps; empty if it did not. */
    static Optional<String> of(List<StepMetrics> made) {
        StepMetrics last = made.get(made.size() - 1);
        if (!finite(last)) {
            return Optional.of("loss " + last.loss() + " and gradient norm " + last.gradNorm() + " at step "
                    + last.step() + ", " + before(made, made.size() - 1));
        }
        int calm = made.size() - STEPS;
        if (calm < 1 || last.loss() <= LOSS) {
            return Optional.empty();
        }
        double bound = Math.max(LOSS, TIMES * median(made.subList(0, calm)));
        boolean exploded = made.subList(calm, made.size()).stream().allMatch(m -> m.loss() > bound);
        return exploded
                ? Optional.of("loss " + last.loss() + " at step " + last.step() + ", above " + bound + " for " + STEPS
                        + " steps, " + before(made, calm))
                : Optional.empty();
    }

    /** The reason where all steps were finite but the last update made the adapter NaN or infinite. */
    static String brokenAdapter(List<StepMetrics> made) {
        return "a weight of the adapter is NaN or infinite after step " + made.size() + ", "
                + before(made, made.size());
    }

    /** The last values of the steps before index {@code end} that were good. */
    private static String before(List<StepMetrics> made, int end) {
        if (end == 0) {
            return "none before";
        }
        StepMetrics good = made.get(end - 1);
        return "loss " + good.loss() + " and gradient norm " + good.gradNorm() + " at step " + good.step() + " before";
    }

    private static boolean finite(StepMetrics m) {
        return Double.isFinite(m.loss()) && Double.isFinite(m.gradNorm());
    }

    private static double median(List<StepMetrics> made) {
        double[] losses = made.stream().mapToDouble(StepMetrics::loss).sorted().toArray();
        int half = losses.length / 2;
        return losses.length % 2 == 1
                ? losses[half]
                : Arrays.stream(losses, half - 1, half + 1).sum() / 2;
    }
}
