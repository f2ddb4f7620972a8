package org.selgen.data;

import java.io.Serializable;

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
 */
public record StepMetrics(
        String run, int step, double loss, double task, double proxy, double gradNorm, double learningRate, long tokens)
        implements Serializable {

    /** The same numbers as a step of another run, whose training begins alike. */
    public StepMetrics of(String other) {
        return new StepMetrics(other, step, loss, task, proxy, gradNorm, learningRate, tokens);
    }
}
