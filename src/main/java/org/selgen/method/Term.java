package org.selgen.method;

import org.selgen.lm.Forward;
import org.selgen.tensor.Tensor;

/**
 * A part of a loss that is a mean: over tokens, over pairs, or over the numbers of a state. In an optimizer step of several
 * micro-batches it is the mean over all of them, since each part counts by its own number:
 * <pre>  mean = Σ_m n_m mean_m / Σ_m n_m </pre>
 *
 * @param mean of one micro-batch, nats unless the method says otherwise; a scalar
 * @param count n_m, over how many it is the mean; above 0
 */
public record Term(Tensor mean, double count) {
    /** The same in every micro-batch, as a penalty on the weights is. */
    public static Term constant(Tensor value) {
        return new Term(value, 1);
    }

    /** Mean negative log-likelihood of an answer token. */
    public static Term crossEntropy(Forward forward) {
        return new Term(forward.crossEntropy(), forward.batch().answerTokens());
    }
}
