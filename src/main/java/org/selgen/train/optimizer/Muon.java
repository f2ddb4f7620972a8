package org.selgen.train.optimizer;

import java.util.List;
import org.selgen.data.Default;
import org.selgen.data.RangeCheck;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.Updates;

/**
 * Muon: a matrix steps along its momentum with all singular values made about 1. A and B of LoRA are matrices, each a parameter
 * of its own.
 * <pre>
 *   m ← μ m + (1 − μ) g        u = μ m + (1 − μ) g                                        Nesterov's look ahead
 *   X ← u / (‖u‖_F + 1e−7);   steps times:  X ← a X + (b X Xᵀ + c (X Xᵀ)²) X,   (a, b, c) = (3.4445, −4.7750, 2.0315)
 *   θ ← θ − η λ θ − η · 0.2 √max(rows, columns) · X
 * </pre>
 * The polynomial brings singular values to between about 0.7 and 1.2, not to 1. X is transposed where it has more rows than
 * columns, so that X Xᵀ is the small product.
 *
 * <p>Source: Jordan et al. 2024 ("Muon: an optimizer for hidden layers in neural networks") for the rule and its coefficients;
 * Liu et al. 2025 ("Muon is scalable for LLM training") for λ and for the factor 0.2 √max, by which an element's step is as
 * large as AdamW's, so that one learning rate fits both. Departures: float32 throughout, where their code has bfloat16; all
 * parameters are matrices, so that none is left to AdamW.
 *
 * @param momentum μ, from 0 to below 1
 * @param steps of the iteration, 1 to 20
 */
public record Muon(
        @Default("0.95") double momentum, @Default("5") int steps) implements Optimizer {
    private static final double AS_ADAMW = 0.2; // root mean square of AdamW's steps

    public Muon {
        RangeCheck.within(0, Sgd.BELOW_ONE, momentum, "training.optimizer.muon.momentum");
        RangeCheck.within(1, 20, steps, "training.optimizer.muon.steps");
    }

    @Override
    public List<String> kept() {
        return List.of("m");
    }

    @Override
    public void apply(Update update) {
        double[] rates = update.parameters().stream()
                .mapToDouble(matrix -> update.rate() * AS_ADAMW * Math.sqrt(longest(matrix)))
                .toArray();
        Updates.muon(
                update.parameters(),
                update.gradients(),
                update.kept().get(0),
                rates,
                1 - update.rate() * update.weightDecay(),
                momentum,
                steps);
    }

    private static double longest(Tensor matrix) {
        return (double) Math.max(matrix.shape()[0], matrix.shape()[1]);
    }
}
