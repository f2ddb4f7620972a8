package org.selgen.method;

import org.selgen.data.RangeCheck;
import org.selgen.lm.CausalLM;
import org.selgen.tensor.Tensor;

/**
 * Stay close to the base model's predictions on the proxy rows.
 * <pre>  L = CE(T) + β · mean over answer tokens of A of KL(p_θ ‖ p_base),   KL(p ‖ q) = Σ_v p(v) (log p(v) − log q(v)) </pre>
 * The base model is the same model with its adapter off, or with that of the previous stage. The answer tokens of A are
 * not used as targets, only as contexts.
 *
 * <p>Departure from the research code: it averages over prompt and padding tokens too, so that its β acts as β times
 * the share of answer tokens in a padded row.
 *
 * @param beta weight of the divergence, at least 0; 0 is the standard method
 */
public record KlPenalty(float beta) implements Method {
    public KlPenalty {
        RangeCheck.atLeast(0, beta, "kl-penalty.beta");
    }

    @Override
    public Loss loss(CausalLM lm, Step step) {
        Term task = Term.crossEntropy(lm.forward(step.task()));
        return beta == 0 ? Loss.of(task) : Loss.of(task, beta, divergence(lm, step));
    }

    @Override
    public Passes passes() {
        return beta == 0 ? Passes.TASK : Passes.COMPARED;
    }

    /** Mean over answer tokens of A of KL(p_θ ‖ p_base). */
    static Term divergence(CausalLM lm, Step step) {
        Tensor nats =
                lm.forward(step.proxy()).divergence(lm.reference(step.proxy()).last()); // [N]
        return new Term(nats.mean(), step.proxy().answerTokens());
    }
}
