package org.selgen.train;

import org.selgen.data.Run;

/**
 * How a training ended.
 *
 * @param status {@link Run#FINISHED} or {@link Run#DIVERGED}
 * @param reason why it diverged; empty when finished
 * @param steps optimizer steps made
 * @param tokens real tokens seen, task and proxy
 * @param loss mean of what was minimised over the last tenth of the steps, nats
 */
public record TrainResult(String status, String reason, int steps, long tokens, double loss) {}
