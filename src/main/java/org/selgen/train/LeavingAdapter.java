package org.selgen.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.selgen.data.StepMetrics;
import org.selgen.lm.Adapter;
import org.selgen.method.Stopping;
import org.selgen.method.Stopping.HeldOutLoss;
import org.selgen.tensor.Autograd;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;

/** The adapter that leaves a training: that of its last epoch, or a copy of that of the epoch which {@link Stopping} chooses. */
final class LeavingAdapter implements AutoCloseable {
    private final Optional<Stopping> stopping;
    private final Adapter trained;
    private final Adapter left; // the trained one where nothing else can leave

    LeavingAdapter(Optional<Stopping> stopping, Adapter trained) {
        this.stopping = stopping;
        this.trained = trained;
        this.left = stopping.isPresent() ? trained.copy() : trained;
    }

    /** That of the best epoch so far. */
    Adapter adapter() {
        return left;
    }

    /** Takes over the trained adapter if these steps end with the epoch that leaves. */
    void epochEnded(List<StepMetrics> made) {
        if (stopping.isPresent() && Stopping.measured(made.get(made.size() - 1))) {
            List<HeldOutLoss> epochs = Stopping.losses(made);
            if (stopping.get().leaves(epochs) == epochs.size()) {
                assign(left, trained);
            }
        }
    }

    /** Whether no step follows these. */
    boolean ended(List<StepMetrics> made) {
        if (stopping.isEmpty()) {
            return false;
        }
        List<HeldOutLoss> epochs = Stopping.losses(made);
        return !epochs.isEmpty() && stopping.get().ends(epochs);
    }

    /** Ends the training: the trained adapter becomes the one that leaves. */
    void leave(List<StepMetrics> made) {
        if (stopping.isPresent()) {
            stopping.get().admit(Stopping.losses(made));
            assign(trained, left);
        }
    }

    /** What a checkpoint holds of it. */
    Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (int i = 0; i < left.names().size() && left != trained; i++) {
            tensors.put("left." + left.names().get(i), left.parameters().get(i));
        }
        return tensors;
    }

    private static void assign(Adapter to, Adapter from) {
        Autograd.off(() -> {
            try (Scope scope = Scope.open()) {
                for (int i = 0; i < to.parameters().size(); i++) {
                    to.parameters().get(i).assign(from.parameters().get(i));
                }
            }
        });
    }

    @Override
    public void close() {
        if (left != trained) {
            left.close();
        }
    }
}
