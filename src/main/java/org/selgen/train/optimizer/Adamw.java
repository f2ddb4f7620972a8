package org.selgen.train.optimizer;

import java.util.List;
import org.selgen.data.Default;
import org.selgen.data.RangeCheck;
import org.selgen.tensor.Updates;

/**
 * AdamW (Loshchilov and Hutter 2019), equal to torch's.
 * <pre>
 *   m ← β₁ m + (1 − β₁) g        v ← β₂ v + (1 − β₂) g²
 *   θ ← θ − η λ θ − η m̂ / (√v̂ + ε),   m̂ = m / (1 − β₁ᵗ),  v̂ = v / (1 − β₂ᵗ)
 * </pre>
 *
 * @param beta1 β₁, from 0 to below 1
 * @param beta2 β₂, from 0 to below 1
 * @param eps ε, above 0
 */
public record Adamw(
        @Default("0.9") double beta1,
        @Default("0.999") double beta2,
        @Default("1e-8") double eps) implements Optimizer {
    /** The rule of every experiment that names none. */
    public static final Adamw USUAL = new Adamw(0.9, 0.999, 1e-8);

    public Adamw {
        RangeCheck.within(0, Sgd.BELOW_ONE, beta1, "training.optimizer.adamw.beta1");
        RangeCheck.within(0, Sgd.BELOW_ONE, beta2, "training.optimizer.adamw.beta2");
        RangeCheck.within(1e-30, 1, eps, "training.optimizer.adamw.eps");
    }

    @Override
    public List<String> kept() {
        return List.of("m", "v");
    }

    @Override
    public void apply(Update update) {
        Updates.adamw(
                update.parameters(),
                update.gradients(),
                update.kept().get(0),
                update.kept().get(1),
                update.step(),
                update.rate(),
                new Updates.Adam(beta1, beta2, update.weightDecay(), eps));
    }
}
