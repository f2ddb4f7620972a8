package org.selgen.method;

import org.selgen.data.Default;
import org.selgen.data.RangeCheck;
import org.selgen.lm.Batch;
import org.selgen.lm.CausalLM;
import org.selgen.tensor.Tensor;

/**
 * Learn the task, and prefer the chosen (aligned) answer of a proxy row to its rejected (misaligned) one.
 * <pre>
 *   L = CE(T) + λ · mean over pairs of −log σ(β [(s_c − s_c,base) − (s_r − s_r,base)])
 * </pre>
 * s is the log-probability of an answer, chosen c or rejected r: the sum over its tokens as in the paper and in TRL, or
 * their mean. The reference is the base model: the same weights with the adapter off, or with that of the
 * previous stage.
 *
 * <p>Source: Rafailov et al. 2023, equation 7. Departure from the research code: it takes means over padding and prompt
 * tokens (with left padding it scores no answer token at all); here answer tokens alone count, also where the loss of other
 * terms is on all tokens.
 *
 * @param beta strength of the preference, above 0
 * @param lambda weight of the term, at least 0; 0 is the standard method
 * @param logProbs sum, or length-mean
 */
public record Dpo(float beta, float lambda, @Default("sum") LogProbs logProbs) implements Method {
    /** How the tokens' log-probabilities make the score of an answer. */
    public enum LogProbs {
        SUM,
        MEAN
    }

    public Dpo {
        RangeCheck.within(1e-6, 1e6, beta, "dpo.beta");
        RangeCheck.atLeast(0, lambda, "dpo.lambda");
    }

    @Override
    public Loss loss(CausalLM lm, Step step) {
        Term task = Term.crossEntropy(lm.forward(step.task()));
        return lambda == 0 ? Loss.of(task) : Loss.of(task, lambda, preference(lm, step));
    }

    @Override
    public Passes passes() {
        return lambda == 0 ? Passes.TASK : new Passes(1, 1, 1, 1);
    }

    private Term preference(CausalLM lm, Step step) {
        Batch chosen = step.chosen();
        Batch rejected = step.rejectedOrRefuse("dpo");
        Tensor base = score(lm.reference(chosen).answerLogProbsByRow(), chosen)
                .minus(score(lm.reference(rejected).answerLogProbsByRow(), rejected)); // [B], constant
        Tensor policy = score(lm.forward(chosen).answerLogProbsByRow(), chosen)
                .minus(score(lm.forward(rejected).answerLogProbsByRow(), rejected)); // [B]
        // −log σ(z) is softplus(−z), which does not overflow
        return new Term(policy.minus(base).times(-beta).softplus().mean(), chosen.rows());
    }

    /** s of each row, [B]. */
    private Tensor score(Tensor sums, Batch batch) {
        return switch (logProbs) {
            case SUM -> sums;
            case MEAN -> sums.dividedBy(Tensor.of(batch.answerLengths()));
        };
    }
}
