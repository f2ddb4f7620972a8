package org.selgen.train.optimizer;

import java.util.List;
import org.selgen.data.Default;
import org.selgen.data.RangeCheck;
import org.selgen.tensor.Updates;

/**
 * Lion: every element steps by the same amount, in the direction of a momentum's sign.
 * <pre>
 *   u = sign(β₁ m + (1 − β₁) g)        m ← β₂ m + (1 − β₂) g
 *   θ ← θ − η λ θ − η u
 * </pre>
 * Source: Chen et al. 2023, "Symbolic discovery of optimization algorithms", algorithm 2. There the rate is three to ten times
 * smaller than AdamW's, and λ as many times greater.
 *
 * @param beta1 β₁, from 0 to below 1
 * @param beta2 β₂, from 0 to below 1
 */
public record Lion(
        @Default("0.9") double beta1, @Default("0.99") double beta2) implements Optimizer {
    public Lion {
        RangeCheck.within(0, Sgd.BELOW_ONE, beta1, "training.optimizer.lion.beta1");
        RangeCheck.within(0, Sgd.BELOW_ONE, beta2, "training.optimizer.lion.beta2");
    }

    @Override
    public List<String> kept() {
        return List.of("m");
    }

    @Override
    public void apply(Update update) {
        Updates.lion(
                update.parameters(),
                update.gradients(),
                update.kept().get(0),
                update.rate(),
                new Updates.Signs(beta1, beta2, update.weightDecay()));
    }
}
