package org.selgen.data;

import java.io.Serializable;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What one optimizer step measured. Holds nothing that depends on the clock, so that equal runs have equal rows.
 *
 * @param run the run's id
 * @param step 1 for the first step
 * @param loss what was minimised, nats
 * @param task cross-entropy on the task rows, nats per answer token
 * @param proxy the method's own term on the proxy rows before its weight, 0 where it has none
 * @param gradNorm global norm of the gradient before clipping
 * @param learningRate rate used in this step
 * @param tokens real tokens seen in this step
 * @param heldOutTask cross-entropy after this step on task rows that are not learnt, nats per answer token; absent but at the end
 *     of an epoch, and where none are held out
 * @param heldOutProxy the same on proxy rows with their aligned answers
 */
public record StepMetrics(
        String run,
        int step,
        double loss,
        double task,
        double proxy,
        double gradNorm,
        double learningRate,
        long tokens,
        @Nullable Double heldOutTask,
        @Nullable Double heldOutProxy)
        implements Serializable {
    /** A step after which nothing was measured on held-out rows. */
    public StepMetrics(
            String run,
            int step,
            double loss,
            double task,
            double proxy,
            double gradNorm,
            double learningRate,
            long tokens) {
        this(run, step, loss, task, proxy, gradNorm, learningRate, tokens, null, null);
    }

    /** The same with the losses on held-out rows after it. */
    public StepMetrics withHeldOut(OptionalDouble ofTask, OptionalDouble ofProxy) {
        return new StepMetrics(
                run,
                step,
                loss,
                task,
                proxy,
                gradNorm,
                learningRate,
                tokens,
                ofTask.isEmpty() ? null : ofTask.getAsDouble(),
                ofProxy.isEmpty() ? null : ofProxy.getAsDouble());
    }

    /** The same numbers as a step of another run, whose training begins alike. */
    public StepMetrics of(String other) {
        return new StepMetrics(
                other, step, loss, task, proxy, gradNorm, learningRate, tokens, heldOutTask, heldOutProxy);
    }
}
