package org.selgen.train;

import java.io.Serializable;
import org.selgen.data.BadInput;
import org.selgen.data.RangeCheck;

/**
 * Settings of the training loop, common to all methods.
 *
 * @param epochs number of passes over the task rows, at least 1
 * @param batch most task rows of a micro-batch, at least 1
 * @param proxyBatch proxy rows beside {@code batch} task rows, at least 1
 * @param accumulation most micro-batches of one optimizer step, at least 1
 * @param learningRate the highest rate, above 0
 * @param warmup optimizer steps over which the rate grows from 0; then it falls linearly to 0
 * @param weightDecay AdamW's, at least 0
 * @param clip bound of the gradient's global norm, above 0; 0 for none
 * @param maxTokens most tokens of a row; a longer row is refused, never cut
 * @param lossOn which tokens count in the loss: {@code answer}, or {@code all} as in the research code
 */
public record Training(
        int epochs,
        int batch,
        int proxyBatch,
        int accumulation,
        float learningRate,
        int warmup,
        float weightDecay,
        float clip,
        int maxTokens,
        LossOn lossOn)
        implements Serializable {

    /** Which tokens of a row count in the loss. */
    public enum LossOn {
        ANSWER,
        ALL
    }

    public Training {
        RangeCheck.atLeast(1, epochs, "training.epochs");
        RangeCheck.atLeast(1, batch, "training.batch");
        RangeCheck.atLeast(1, proxyBatch, "training.proxyBatch");
        RangeCheck.atLeast(1, accumulation, "training.accumulation");
        RangeCheck.atLeast(0, warmup, "training.warmup");
        RangeCheck.atLeast(0, weightDecay, "training.weightDecay");
        RangeCheck.atLeast(0, clip, "training.clip");
        RangeCheck.atLeast(2, maxTokens, "training.maxTokens");
        if (!(learningRate > 0) || Float.isInfinite(learningRate)) {
            throw new BadInput("training.learningRate is " + learningRate + " but must be above 0; change it");
        }
    }

    /** The same with another number of epochs. */
    public Training ofEpochs(int number) {
        return new Training(
                number, batch, proxyBatch, accumulation, learningRate, warmup, weightDecay, clip, maxTokens, lossOn);
    }

    /** Optimizer steps for a number of task rows. */
    public int steps(int rows) {
        return epochs * stepsOfAnEpoch(rows);
    }

    /** Optimizer steps of one epoch. */
    public int stepsOfAnEpoch(int rows) {
        return parts(rows, batch * accumulation);
    }

    /** How many parts there are of at most so many: the quotient rounded up. */
    static int parts(int all, int most) {
        return (all + most - 1) / most;
    }
}
