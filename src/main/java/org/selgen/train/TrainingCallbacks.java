package org.selgen.train;

import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import org.selgen.data.StepMetrics;
import org.selgen.lm.Adapter;

/**
 * What is called during a training.
 *
 * @param resumes is told first how many steps an earlier attempt has made
 * @param step gets the metrics of every step, those of an earlier attempt first; an exception that it throws ends the
 *     training
 * @param until the epoch after which the training stops; the learning-rate schedule stays that of all epochs
 * @param points the epochs after which {@code point} gets the adapter
 * @param point is called then
 * @param checkpoints where the training is saved
 * @param working is called after each micro-batch, so that a long step is seen to go on
 */
public record TrainingCallbacks(
        IntConsumer resumes,
        Consumer<StepMetrics> step,
        int until,
        Set<Integer> points,
        EpochEnd point,
        Checkpoints checkpoints,
        Runnable working) {

    /** The same, with nobody told of micro-batches or of an earlier attempt. */
    public TrainingCallbacks(
            Consumer<StepMetrics> step, int until, Set<Integer> points, EpochEnd point, Checkpoints checkpoints) {
        this(before -> {}, step, until, points, point, checkpoints, () -> {});
    }

    /** Gets the adapter at the end of an epoch, counted from 1; it must not keep it. */
    @FunctionalInterface
    public interface EpochEnd {
        void reached(int epoch, Adapter adapter);
    }

    /** Steps alone; nothing is saved. */
    public static TrainingCallbacks steps(Training training, Consumer<StepMetrics> step) {
        return new TrainingCallbacks(step, training.epochs(), Set.of(), (epoch, adapter) -> {}, Checkpoints.none());
    }

    /**
     * The same, with the adapter edited before the call. If the edit makes a new adapter, it is closed after the call.
     */
    TrainingCallbacks edited(UnaryOperator<Adapter> edit) {
        EpochEnd handedOver = (epoch, adapter) -> {
            Adapter left = edit.apply(adapter);
            try {
                point.reached(epoch, left);
            } finally {
                if (left != adapter) {
                    left.close();
                }
            }
        };
        return new TrainingCallbacks(resumes, step, until, points, handedOver, checkpoints, working);
    }
}
