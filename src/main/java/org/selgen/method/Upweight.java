package org.selgen.method;

import org.selgen.data.Default;
import org.selgen.data.RangeCheck;
import org.selgen.lm.Batch;
import org.selgen.lm.CausalLM;
import org.selgen.tensor.Tensor;

/**
 * Fine-tune on task and proxy rows, with a separate weight for the proxy; optionally, unlearn the misaligned answers.
 * <pre>
 *   L = CE(T) + λ CE(A) + λ⁻ U(A⁻),   U = mean over tokens of the rejected answers of −log(1 − p)
 * </pre>
 * U is the unlikelihood of Welleck et al. 2020, equation 4: at least 0, so the loss is bounded below.
 *
 * <p>Departure from the research code: its negative term is −λ⁻ CE(A⁻), which has no lower bound.
 *
 * @param lambda λ, weight of the proxy rows, at least 0; 0 is the standard method
 * @param negative λ⁻, weight of the misaligned answers, at least 0
 */
public record Upweight(float lambda, @Default("0") float negative) implements Method {
    public Upweight {
        RangeCheck.atLeast(0, lambda, "upweight.lambda");
        RangeCheck.atLeast(0, negative, "upweight.negative");
    }

    @Override
    public Loss loss(CausalLM lm, Step step) {
        Term task = Term.crossEntropy(lm.forward(step.task()));
        Loss loss = lambda == 0 ? Loss.of(task) : Loss.of(task, lambda, Term.crossEntropy(lm.forward(step.proxy())));
        return negative == 0 ? loss : loss.plus(negative, unlikelihood(lm, step));
    }

    private static Term unlikelihood(CausalLM lm, Step step) {
        Batch rejected = step.rejectedOrRefuse("upweight.negative");
        Tensor complements = lm.forward(rejected).answerLogProbs().logOfComplement(); // [N]
        return new Term(complements.mean().times(-1), rejected.answerTokens());
    }

    @Override
    public Passes passes() {
        return new Passes(lambda > 0 ? 1 : 0, 0, negative > 0 ? 1 : 0, 0);
    }
}
