package org.selgen.train;

import java.io.Serializable;
import org.selgen.data.BadInput;
import org.selgen.data.Default;
import org.selgen.data.KebabCase;
import org.selgen.data.RangeCheck;
import org.selgen.tensor.Tensors;
import org.selgen.train.optimizer.Adamw;
import org.selgen.train.optimizer.Optimizer;

/**
 * Settings of the training loop, common to all methods.
 *
 * @param epochs number of passes over the task rows, at least 1
 * @param batch most task rows of a micro-batch, at least 1
 * @param proxyBatch proxy rows beside {@code batch} task rows, at least 1
 * @param accumulation most micro-batches of one optimizer step, at least 1
 * @param learningRate the highest rate, above 0
 * @param warmup optimizer steps over which the rate grows from 0
 * @param weightDecay the optimizer's, at least 0
 * @param clip bound of the gradient's global norm, above 0; 0 for none
 * @param maxTokens most tokens of a row; a longer row is refused, never cut
 * @param lossOn which tokens count in the loss: {@code answer}, or {@code all} as in the research code
 * @param optimizer how the adapter steps along the gradient
 * @param spectral weight of {@link Tensors#spectral the unevenness of the adapter's singular values}, which is minimised beside
 *     the method's loss, at least 0; 0 for none
 * @param schedule how the rate goes on after the warm-up
 * @param warmupShare the warm-up as a share of all steps, rounded up to a whole step, 0 to 1, in place of {@code warmup}
 * @param heldOut share of the groups of task and of proxy rows that are not learnt; the loss on them is measured at the end of
 *     each epoch, 0 to 0.9
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
        LossOn lossOn,
        @Default("adamw") Optimizer optimizer,
        @Default("0") float spectral,
        @Default("linear") Schedule.Shape schedule,
        @Default("0") double warmupShare,
        @Default("0") double heldOut)
        implements Serializable {

    /** Which tokens of a row count in the loss. */
    public enum LossOn {
        ANSWER,
        ALL
    }

    /** With the usual optimizer and schedule. */
    public Training(
            int epochs,
            int batch,
            int proxyBatch,
            int accumulation,
            float learningRate,
            int warmup,
            float weightDecay,
            float clip,
            int maxTokens,
            LossOn lossOn) {
        this(
                epochs,
                batch,
                proxyBatch,
                accumulation,
                learningRate,
                warmup,
                weightDecay,
                clip,
                maxTokens,
                lossOn,
                Adamw.USUAL,
                0,
                Schedule.Shape.LINEAR,
                0,
                0);
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
        RangeCheck.within(0, 1e6, spectral, "training.spectral");
        RangeCheck.within(0, 1, warmupShare, "training.warmupShare");
        RangeCheck.within(0, 0.9, heldOut, "training.heldOut");
        if (warmup > 0 && warmupShare > 0) {
            throw new BadInput("training has warmup " + warmup + " and warmupShare " + warmupShare
                    + " but one of them says how long the rate grows; set one to 0");
        }
        if (!(learningRate > 0) || Float.isInfinite(learningRate)) {
            throw new BadInput("training.learningRate is " + learningRate + " but must be above 0; change it");
        }
    }

    /** How the learning rate goes, as {@code linear over 3 epochs from 0.002, after a warm-up over 10 steps}. */
    public String rate() {
        String grows = warmup > 0 ? warmup + " steps" : warmupShare + " of the steps";
        return KebabCase.of(schedule) + " over " + epochs + " epochs from " + learningRate
                + (warmup > 0 || warmupShare > 0 ? ", after a warm-up over " + grows : ", without a warm-up");
    }

    /** The same with another number of epochs. */
    public Training ofEpochs(int number) {
        return new Training(
                number,
                batch,
                proxyBatch,
                accumulation,
                learningRate,
                warmup,
                weightDecay,
                clip,
                maxTokens,
                lossOn,
                optimizer,
                spectral,
                schedule,
                warmupShare,
                heldOut);
    }

    /** The rates of so many steps, which are all there are. */
    Schedule rates(int steps) {
        return new Schedule(learningRate, warmup + (int) Math.ceil(warmupShare * steps), steps, schedule);
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
