package org.selgen.train;

import java.util.ArrayList;
import java.util.List;
import org.selgen.tensor.Autograd;
import org.selgen.tensor.DType;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.Tensors;

/**
 * AdamW (Loshchilov and Hutter 2019), equal to torch's.
 * <pre>
 *   m ← β₁ m + (1 − β₁) g        v ← β₂ v + (1 − β₂) g²
 *   θ ← θ − η λ θ − η m̂ / (√v̂ + ε),   m̂ = m / (1 − β₁ᵗ),  v̂ = v / (1 − β₂ᵗ)
 * </pre>
 */
public final class AdamW implements AutoCloseable {
    private final List<Tensor> parameters;
    private final Tensors.Adam constants;
    private final Scope scope = Scope.detached();
    private final List<Tensor> first;
    private final List<Tensor> second;
    private int steps;

    public AdamW(List<Tensor> parameters, double beta1, double beta2, double weightDecay) {
        this.parameters = parameters;
        this.constants = new Tensors.Adam(beta1, beta2, weightDecay, 1e-8);
        try (Scope temporary = Scope.open()) {
            this.first = zeros();
            this.second = zeros();
        }
    }

    private List<Tensor> zeros() {
        return parameters.stream()
                .map(p -> scope.keep(Tensor.zeros(DType.F32, p.shape())))
                .toList();
    }

    /** Updates the parameters. */
    public void step(List<Tensor> gradients, double learningRate) {
        steps++;
        Autograd.off(() ->
                Tensors.adamw(parameters, gradients, first, second, Tensor.scalar(steps), constants, learningRate));
    }

    /**
     * The gradients scaled so that their global norm is at most {@code bound}, by torch's rule.
     * <pre>  g ← g · min(1, bound / (‖g‖ + 1e−6)) </pre>
     */
    public static List<Tensor> clipped(List<Tensor> gradients, double norm, float bound) {
        double factor = bound / (norm + 1e-6);
        return bound > 0 && factor < 1 ? Tensors.scaled(gradients, (float) factor) : gradients;
    }

    /** m and v of every parameter, in their order: with the number of steps, the whole state. */
    List<Tensor> moments() {
        List<Tensor> moments = new ArrayList<>(first);
        moments.addAll(second);
        return moments;
    }

    /** Continues after so many steps; the caller restores {@link #moments}. */
    void resume(int after) {
        steps = after;
    }

    @Override
    public void close() {
        scope.close();
    }
}
