package org.selgen.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.selgen.data.BadInput;
import org.selgen.data.StepMetrics;
import org.selgen.lm.Adapter;
import org.selgen.lm.Sequence;
import org.selgen.method.Stopping;
import org.selgen.tensor.Autograd;
import org.selgen.tensor.DType;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;
import org.selgen.train.optimizer.OptimizerState;

/** The changing state of the training of one adapter, which a {@link Checkpoint} holds. */
final class TrainingState implements AutoCloseable {
    private final String about;
    private final Adapter adapter;
    private final StepOrder<Sequence, ProxyRow> order;
    final OptimizerState optimizer;
    final LeavingAdapter leaving;
    final List<StepMetrics> made = new ArrayList<>();
    final List<List<Tensor>> remembered = new ArrayList<>();
    private final Scope memory = Scope.detached(); // owns what is remembered
    private int drawn;

    /**
     * The state before the first step.
     *
     * @param about {@link Checkpoint#training}
     * @param remembers number of gradients that the method keeps between steps
     */
    TrainingState(
            String about,
            Adapter adapter,
            int remembers,
            Optional<Stopping> stopping,
            Training training,
            List<Sequence> task,
            List<ProxyRow> proxy,
            long seed) {
        this.about = about;
        this.adapter = adapter;
        this.order = new StepOrder<>(training, task, Sequence::length, proxy, ProxyRow::length, seed);
        this.optimizer = new OptimizerState(training.optimizer(), adapter.parameters(), training.weightDecay());
        try (Scope temporary = Scope.open()) {
            for (int k = 0; k < remembers; k++) {
                remembered.add(adapter.parameters().stream()
                        .map(parameter -> memory.keep(Tensor.zeros(DType.F32, parameter.shape())))
                        .toList());
            }
        }
        this.leaving = new LeavingAdapter(stopping, adapter);
    }

    /** The micro-batches of the next step. */
    List<StepOrder.Rows<Sequence, ProxyRow>> draw() {
        drawn++;
        return order.next();
    }

    /** The present state; its tensors are those being trained. */
    Checkpoint state() {
        return new Checkpoint(about, drawn, List.copyOf(made), tensors());
    }

    /** Continues from the newest checkpoint of at most so many steps, if there is one. */
    void resume(Checkpoints checkpoints, int atMost) {
        try (Scope scope = Scope.open()) {
            checkpoints.newest(about, atMost).ifPresent(this::restore);
        }
    }

    private void restore(Checkpoint saved) {
        Map<String, Tensor> tensors = tensors();
        if (!saved.tensors().keySet().equals(tensors.keySet())) {
            throw new BadInput(
                    "a checkpoint of (" + about + ") holds " + saved.tensors().size() + " tensors but the"
                            + " training has " + tensors.size() + "; delete its folder to train from the beginning");
        }
        Autograd.off(() -> {
            tensors.forEach((name, tensor) -> tensor.assign(saved.tensors().get(name)));
            return tensors;
        });
        made.addAll(saved.made());
        optimizer.resume(made.size());
        order.skip(saved.drawn());
        drawn = saved.drawn();
    }

    private Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        List<String> names = adapter.names();
        for (int i = 0; i < names.size(); i++) {
            tensors.put("adapter." + names.get(i), adapter.parameters().get(i));
            for (int k = 0; k < remembered.size(); k++) {
                tensors.put(
                        "gradient." + k + "." + names.get(i), remembered.get(k).get(i));
            }
        }
        tensors.putAll(optimizer.tensors(names));
        tensors.putAll(leaving.tensors());
        return tensors;
    }

    @Override
    public void close() {
        optimizer.close();
        memory.close();
        leaving.close();
    }
}
