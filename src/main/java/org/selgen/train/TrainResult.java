package org.selgen.train;

import java.util.List;
import org.selgen.data.Status;
import org.selgen.data.StepMetrics;
import org.selgen.method.Method;

/**
 * How a training ended.
 *
 * @param status {@link Status#FINISHED} or {@link Status#DIVERGED}
 * @param reason why it diverged; empty when finished
 * @param steps number of optimizer steps
 * @param tokens number of real tokens that the method learnt from; {@link Method#tokens}
 * @param loss mean of the minimised loss over the last tenth of the steps, in nats; where it diverged, the loss of the
 *     last step
 */
public record TrainResult(Status status, String reason, int steps, long tokens, double loss) {

    /** The result of a training that finished with these steps. */
    public static TrainResult finished(List<StepMetrics> made) {
        int from = made.size() - Math.max(1, made.size() / 10);
        double loss = made.subList(from, made.size()).stream()
                .mapToDouble(StepMetrics::loss)
                .average()
                .orElseThrow();
        return new TrainResult(Status.FINISHED, "", made.size(), tokens(made), loss);
    }

    static TrainResult diverged(List<StepMetrics> made, String reason) {
        return new TrainResult(
                Status.DIVERGED,
                reason,
                made.size(),
                tokens(made),
                made.get(made.size() - 1).loss());
    }

    private static long tokens(List<StepMetrics> made) {
        return made.stream().mapToLong(StepMetrics::tokens).sum();
    }
}
