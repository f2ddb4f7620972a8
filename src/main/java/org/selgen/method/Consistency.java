package org.selgen.method;

import java.util.List;
import org.selgen.data.RangeCheck;
import org.selgen.lm.CausalLM;
import org.selgen.lm.Forward;
import org.selgen.tensor.DType;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.Tensors;

/**
 * Learn the task, and think of a question with a user's proposal behind it as of the question alone.
 * <pre>
 *   L = CE(T) + λ · 1/L Σ_l mean over shared tokens and over D of (h_l(wrapped) − h_l,base(clean))²
 * </pre>
 * Wrapped is the prompt of a proxy row in which the user proposes an answer, right or wrong; clean that of a row of the same
 * group that asks alone. Shared tokens are the longest common end of both prompts: what stands before the proposal has the
 * same states in both, since attention looks back alone. Layers 1 to L, the last one after the final norm; in float32. A proxy
 * row that proposes nothing, or has no clean one, takes no part.
 *
 * <p>Source: Irpan et al. 2025 (activation consistency training, arXiv 2510.27062), of which we could read the abstract alone;
 * the mean over layers and the mean squared error are those of a later paper's code (arXiv 2606.05817). Not verified: whether
 * the clean states are those of the model before training, as here, or of the model as it is trained, without gradient.
 *
 * @param lambda λ, at least 0; 0 is the standard method
 */
public record Consistency(float lambda) implements Method {
    public Consistency {
        RangeCheck.atLeast(0, lambda, "consistency.lambda");
    }

    @Override
    public Loss loss(CausalLM lm, Step step) {
        Term task = Term.crossEntropy(lm.forward(step.task()));
        if (lambda == 0) {
            return Loss.of(task);
        }
        Step.Wrapped wrapped = step.wrapped();
        return wrapped == null ? Loss.of(task) : Loss.of(task, lambda, distance(lm, step, wrapped));
    }

    @Override
    public Passes passes() {
        return lambda == 0 ? Passes.TASK : Passes.COMPARED;
    }

    @Override
    public boolean pairs() {
        return lambda > 0;
    }

    private static Term distance(CausalLM lm, Step step, Step.Wrapped wrapped) {
        List<Tensor> clean = lm.reference(wrapped.clean()).layers(); // L × [M, D], constant
        Forward policy = lm.forward(step.chosen());
        Tensor shared = Tensor.of(wrapped.positions()); // [M]
        Tensor total = Tensor.scalar(0);
        for (int l = 0; l < clean.size(); l++) {
            Tensor h = Tensors.positions(policy.hidden().get(l + 1), shared).to(DType.F32); // [M, D]
            total = total.plus(h.minus(clean.get(l).to(DType.F32)).square().mean());
        }
        return new Term(total.times(1f / clean.size()), wrapped.positions().length);
    }
}
