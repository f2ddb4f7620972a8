package org.selgen.train;

import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.selgen.data.StepMetrics;
import org.selgen.lm.Adapter;

/**
 * What goes on beside a training.
 *
 * @param step is given every step's metrics, those of an earlier attempt first; an exception it throws ends the training
 * @param until the epoch whose end is the training's; the schedule stays that of all epochs
 * @param points the epochs at whose end {@code point} is given the adapter
 * @param point what to do with the adapter then
 * @param checkpoints where the training is saved
 */
public record TrainingCallbacks(
        Consumer<StepMetrics> step, int until, Set<Integer> points, Point point, Checkpoints checkpoints) {

    /** Is given the adapter at the end of an epoch, counted from 1; it must not keep it. */
    @FunctionalInterface
    public interface Point {
        void reached(int epoch, Adapter adapter);
    }

    /** Steps alone; nothing is saved. */
    public static TrainingCallbacks steps(Training training, Consumer<StepMetrics> step) {
        return new TrainingCallbacks(step, training.epochs(), Set.of(), (epoch, adapter) -> {}, Checkpoints.none());
    }

    /** The same, with the adapter edited before it is handed over; an edit that gives a new adapter has it closed after. */
    TrainingCallbacks edited(UnaryOperator<Adapter> edit) {
        Point handedOver = (epoch, adapter) -> {
            Adapter left = edit.apply(adapter);
            try {
                point.reached(epoch, left);
            } finally {
                if (left != adapter) {
                    left.close();
                }
            }
        };
        return new TrainingCallbacks(step, until, points, handedOver, checkpoints);
    }
}
