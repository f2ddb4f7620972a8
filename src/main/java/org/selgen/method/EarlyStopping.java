package org.selgen.method;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;
import org.selgen.data.RangeCheck;
import org.selgen.lm.CausalLM;

/**
 * The standard method, of which an earlier epoch leaves: the null hypothesis that every other method has to beat.
 * <pre>
 *   L = CE(T);   the epoch e that leaves:
 *   e = argmin CE(A held out)           the first of several, among all epochs, or among those before
 *                                       {@code patience} epochs in a row brought no smaller loss
 *   e = min { e : CE(T held out) ≤ taskLoss }      with {@code taskLoss}
 * </pre>
 * The rate follows the schedule of all epochs. Rows of A are looked at and never learnt; {@code training.heldOut} says how
 * many. A run's steps, tokens and time are those of all epochs that were trained, also behind the one that leaves.
 *
 * <p>Source: stopping at the best loss of held-out rows is old (Prechelt 1998, "Early stopping, but when?", whose class UP with strips
 * of one epoch is {@code patience}); arXiv 2605.12199, of which we have read the abstract alone, finds that stopping early takes away
 * emergent misalignment and keeps 93 % of the task. Whether it stops at a loss of aligned answers, as here, we could not see. The
 * epoch before the first, which is the model untrained, never leaves: it has learnt no task.
 *
 * @param taskLoss nats per answer token, above 0; absent where the proxy's loss decides
 * @param patience epochs without a smaller proxy loss after which none is trained, at least 1; absent where all are trained
 */
public record EarlyStopping(
        @Nullable Float taskLoss, @Nullable Integer patience) implements Method, Stopping {
    public EarlyStopping {
        if (taskLoss != null) {
            RangeCheck.within(1e-6, 1e6, taskLoss, "early-stopping.taskLoss");
        }
        if (patience != null) {
            RangeCheck.atLeast(1, patience, "early-stopping.patience");
        }
        if (taskLoss != null && patience != null) {
            throw new BadInput("early-stopping has taskLoss " + taskLoss + " and patience " + patience
                    + " but patience is for the proxy's loss; leave one out");
        }
    }

    @Override
    public Loss loss(CausalLM lm, Step step) {
        return new Standard().loss(lm, step);
    }

    @Override
    public Optional<Stopping> stopping() {
        return Optional.of(this);
    }

    @Override
    public int leaves(List<HeldOutLoss> epochs) {
        int best = epochs.size() - 1;
        if (taskLoss == null) {
            for (int e = epochs.size() - 2; e >= 0; e--) {
                best = epochs.get(e).proxy() <= epochs.get(best).proxy() ? e : best;
            }
        }
        return best + 1;
    }

    @Override
    public boolean ends(List<HeldOutLoss> epochs) {
        if (taskLoss != null) {
            return reached(epochs);
        }
        return patience != null && epochs.size() - leaves(epochs) >= patience;
    }

    private boolean reached(List<HeldOutLoss> epochs) {
        return epochs.get(epochs.size() - 1).task() <= taskLoss;
    }

    @Override
    public void admit(List<HeldOutLoss> all) {
        if (taskLoss != null && !reached(all)) {
            throw new BadInput("early-stopping.taskLoss is " + taskLoss + " but the loss on held-out task rows is "
                    + all.get(all.size() - 1).task() + " after all " + all.size()
                    + " epochs; raise it, or training.epochs");
        }
    }
}
