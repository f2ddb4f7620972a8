package org.selgen.train.optimizer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.selgen.tensor.Autograd;
import org.selgen.tensor.DType;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.Tensors;

/** An optimizer at work: the parameters that it updates, what it keeps for each, and how many steps it has made. */
public final class OptimizerState implements AutoCloseable {
    private final Optimizer rule;
    private final List<Tensor> parameters;
    private final double weightDecay;
    private final Scope scope = Scope.detached();
    private final List<List<Tensor>> kept;
    private int steps;

    public OptimizerState(Optimizer rule, List<Tensor> parameters, double weightDecay) {
        this.rule = rule;
        this.parameters = parameters;
        this.weightDecay = weightDecay;
        try (Scope temporary = Scope.open()) {
            this.kept = rule.kept().stream().map(name -> zeros()).toList();
        }
    }

    private List<Tensor> zeros() {
        return parameters.stream()
                .map(p -> scope.keep(Tensor.zeros(DType.F32, p.shape())))
                .toList();
    }

    /** Updates the parameters. */
    public void step(List<Tensor> gradients, double rate) {
        steps++;
        Autograd.off(() -> rule.apply(new Optimizer.Update(parameters, gradients, kept, steps, rate, weightDecay)));
    }

    /**
     * The gradients scaled so that their global norm is at most {@code bound}, by torch's rule.
     * <pre>  g ← g · min(1, bound / (‖g‖ + 1e−6)) </pre>
     */
    public static List<Tensor> clipped(List<Tensor> gradients, double norm, float bound) {
        double factor = bound / (norm + 1e-6);
        return bound > 0 && factor < 1 ? Tensors.scaled(gradients, (float) factor) : gradients;
    }

    /**
     * What is kept, as {@code adamw.m.} and the parameter's name: with the number of steps, the whole state.
     *
     * @param names of the parameters, in their order
     */
    public Map<String, Tensor> tensors(List<String> names) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            for (int k = 0; k < kept.size(); k++) {
                String name = rule.name() + "." + rule.kept().get(k) + "." + names.get(i);
                tensors.put(name, kept.get(k).get(i));
            }
        }
        return tensors;
    }

    /** Continues after so many steps; the caller restores {@link #tensors}. */
    public void resume(int after) {
        steps = after;
    }

    @Override
    public void close() {
        scope.close();
    }
}
