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

    /** The same, with the adapter changed before it is given on. */
    TrainingCallbacks through(UnaryOperator<Adapter> change) {
        return new TrainingCallbacks(
                step,
                until,
                points,
                (epoch, adapter) -> {
                    try (Adapter changed = change.apply(adapter)) {
                        point.reached(epoch, changed);
                    }
                },
                checkpoints.stage("task"));
    }

    /** A training of all epochs before this one, whose steps are in no table. */
    TrainingCallbacks before(Training training) {
        return new TrainingCallbacks(
                ignored -> {}, training.epochs(), Set.of(), (epoch, adapter) -> {}, checkpoints.stage("proxy"));
    }
}
