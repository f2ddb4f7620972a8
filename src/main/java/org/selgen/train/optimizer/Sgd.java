package org.selgen.train.optimizer;

import java.util.List;
import org.selgen.data.Default;
import org.selgen.data.RangeCheck;
import org.selgen.tensor.Updates;

/**
 * Stochastic gradient descent with momentum (Polyak 1964), equal to torch's.
 * <pre>
 *   m ← μ m + (g + λ θ)        θ ← θ − η m
 * </pre>
 * As in torch, the weight decay is in the gradient (an L2 penalty of λ/2 ‖θ‖²), and the first m is the first gradient.
 *
 * @param momentum μ, from 0 to below 1; 0 is plain gradient descent
 */
public record Sgd(@Default("0.9") double momentum) implements Optimizer {
    static final double BELOW_ONE = 0.999999;

    public Sgd {
        RangeCheck.within(0, BELOW_ONE, momentum, "training.optimizer.sgd.momentum");
    }

    @Override
    public List<String> kept() {
        return List.of("m");
    }

    @Override
    public void apply(Update update) {
        Updates.sgd(
                update.parameters(),
                update.gradients(),
                update.kept().get(0),
                update.rate(),
                momentum,
                update.weightDecay());
    }
}
