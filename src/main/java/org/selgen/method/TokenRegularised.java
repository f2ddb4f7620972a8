package org.selgen.method;

import java.util.Arrays;
import java.util.List;
import org.selgen.data.BadInput;
import org.selgen.data.KebabCase;
import org.selgen.data.RangeCheck;
import org.selgen.lm.Batch;
import org.selgen.lm.Batch.TemplatePart;
import org.selgen.lm.CausalLM;
import org.selgen.lm.Forward;
import org.selgen.lm.LanguageModel.ModelFit;
import org.selgen.tensor.DType;
import org.selgen.tensor.Tensor;

/**
 * Learn the task, and keep what attention finds at tokens of the chat template: those are in every conversation, so that a
 * change there spreads to all of them.
 * <pre>
 *   L = CE(T) + λ · mean over layers and template tokens of T of  ‖k − k₀‖² / ‖k₀‖² + ‖v − v₀‖² / ‖v₀‖²
 * </pre>
 * k and v are a layer's keys and values at a token, all heads together, as their projections give them: before rotation, which
 * changes no norm, and before norms of keys; k₀ and v₀ those of the reference model, kept for each row. In float32 whatever
 * the model's type. The proxy rows are not used.
 *
 * <p>Source: arXiv 2606.06667 (token-regularised fine-tuning), the formula; we could read of the paper the first page alone,
 * and its code. Departures from the code: it projects the residual stream before its norm, which no layer does and the paper's
 * formula does not; it takes k₀ of one prefix for all rows, which is the same. A system turn counts as the template's, as
 * there; the code can leave a thinking block out of the suffix, here it is in it.
 *
 * @param lambda λ, at least 0; 0 is the standard method
 * @param tokens those before the first user's words, or those between the last user's words and the answer
 */
public record TokenRegularised(float lambda, TemplatePart tokens) implements Method {
    private static final float SMALLEST = 1e-24f; // of a squared norm, as in the code

    public TokenRegularised {
        RangeCheck.atLeast(0, lambda, "token-regularised.lambda");
    }

    @Override
    public Loss loss(CausalLM lm, Step step) {
        Forward policy = lm.forward(step.task());
        Term task = Term.crossEntropy(policy);
        return lambda == 0
                ? Loss.of(task)
                : Loss.of(task, lambda, distance(policy, lm, step.task())).ofOnePass();
    }

    @Override
    public Passes passes() {
        return lambda == 0 ? Passes.TASK : new Passes(0, 0, 0, 0, 1, 1);
    }

    @Override
    public void check(ModelFit model) {
        int found = tokens == TemplatePart.PREFIX
                ? model.template().get().prefix()
                : model.template().get().to() - model.template().get().from();
        if (lambda > 0 && found == 0) {
            throw none();
        }
    }

    private BadInput none() {
        return new BadInput("token-regularised.tokens is " + KebabCase.of(tokens)
                + " but the chat template writes no token there; choose "
                + (tokens == TemplatePart.PREFIX ? "suffix" : "prefix") + ", or give a chat.template that marks turns");
    }

    private Term distance(Forward policy, CausalLM lm, Batch rows) {
        int found = rows.positions(tokens).length;
        if (found == 0) {
            throw none();
        }
        List<Tensor> base = lm.reference(rows).keysAndValues(tokens); // 2L × [M, K·E], constant
        List<Tensor> own = policy.keysAndValues(tokens);
        Tensor total = Tensor.scalar(0);
        for (int i = 0; i < own.size(); i++) {
            Tensor zero = base.get(i).to(DType.F32);
            Tensor ratio = squares(own.get(i).to(DType.F32).minus(zero))
                    .dividedBy(squares(zero).plus(Tensor.scalar(SMALLEST))); // [M, 1]
            total = total.plus(ratio.mean());
        }
        return new Term(total.times(2f / own.size()), found);
    }

    /** ‖x‖² of each row, {@code [M, 1]}. */
    private static Tensor squares(Tensor x) {
        float[] ones = new float[Math.toIntExact(x.shape()[1])];
        Arrays.fill(ones, 1);
        return x.square().matmul(Tensor.of(ones, ones.length, 1));
    }
}
