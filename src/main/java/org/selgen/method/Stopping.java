package org.selgen.method;

import java.util.List;
import java.util.Objects;
import org.selgen.data.StepMetrics;

/**
 * When a training ends before its last epoch, and which epoch's adapter leaves it. Losses on held-out rows decide it, nothing else:
 * so a training that goes on after a kill decides as one that was never stopped.
 */
public interface Stopping {
    /**
     * Losses on held-out rows at the end of an epoch, nats per answer token.
     *
     * @param task on task rows
     * @param proxy on proxy rows, with their aligned answers
     */
    record HeldOutLoss(double task, double proxy) {}

    /** Those of the steps that end an epoch. */
    static List<HeldOutLoss> losses(List<StepMetrics> made) {
        return made.stream()
                .filter(Stopping::measured)
                .map(step -> new HeldOutLoss(
                        Objects.requireNonNull(step.heldOutTask()), Objects.requireNonNull(step.heldOutProxy())))
                .toList();
    }

    /** Whether a step has both losses. */
    static boolean measured(StepMetrics step) {
        return step.heldOutTask() != null && step.heldOutProxy() != null;
    }

    /**
     * The epoch, from 1, whose adapter leaves if none is trained after these.
     *
     * @param epochs those so far, at least one
     */
    int leaves(List<HeldOutLoss> epochs);

    /** Whether no epoch is trained after these. */
    boolean ends(List<HeldOutLoss> epochs);

    /**
     * Looks whether the last of all epochs has brought what was asked for.
     *
     * @throws org.selgen.data.BadInput if not, with the number that says so
     */
    default void admit(List<HeldOutLoss> all) {}
}
