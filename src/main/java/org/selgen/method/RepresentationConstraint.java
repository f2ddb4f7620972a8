package org.selgen.method;

import java.util.List;
import org.selgen.data.RangeCheck;
import org.selgen.lm.CausalLM;
import org.selgen.tensor.DType;
import org.selgen.tensor.Tensor;

/**
 * Stay close to the base model's hidden states on the proxy rows.
 * <pre>  L = CE(T) + β · 1/L Σ_l mean over answer tokens of A and over D of (h_l − h_l,base)² </pre>
 * Layers 1 to L, the last one after the final norm; in float32 whatever the model's type, since squares of half-precision
 * states overflow.
 *
 * <p>Departure from the research code: it sums over layers and averages over prompt and padding tokens too, so that its β
 * acts as β · L times the share of answer tokens in a padded row.
 *
 * @param beta weight of the distance, at least 0; 0 is the standard method
 */
public record RepresentationConstraint(float beta) implements Method {
    public RepresentationConstraint {
        RangeCheck.atLeast(0, beta, "representation-constraint.beta");
    }

    @Override
    public Loss loss(CausalLM lm, Step step) {
        Term task = Term.crossEntropy(lm.forward(step.task()));
        return beta == 0 ? Loss.of(task) : Loss.of(task, beta, distance(lm, step));
    }

    @Override
    public Passes passes() {
        return beta == 0 ? Passes.TASK : Passes.COMPARED;
    }

    private static Term distance(CausalLM lm, Step step) {
        List<Tensor> base = lm.reference(step.proxy()).layers(); // L × [N, D], constant
        List<Tensor> policy = lm.forward(step.proxy()).answers(); // L × [N, D]
        Tensor total = Tensor.scalar(0);
        for (int l = 0; l < base.size(); l++) {
            Tensor h = policy.get(l).to(DType.F32);
            Tensor h0 = base.get(l).to(DType.F32);
            total = total.plus(h.minus(h0).square().mean());
        }
        return new Term(total.times(1f / base.size()), step.proxy().answerTokens());
    }
}
