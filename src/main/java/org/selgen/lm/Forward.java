package org.selgen.lm;

import java.util.List;
import java.util.function.Function;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.Tensors;

/**
 * The result of a forward pass over a batch. B rows, T tokens, D hidden, V vocabulary, N answer tokens, L layers.
 *
 * <p>Logits over the vocabulary are computed on demand: for the answer positions, or for all.
 */
public final class Forward {
    private final Batch batch;
    private final List<Tensor> hidden; // L+1 × [B, T, D]
    private final Tensor head; // [V, D]
    private final float softCap;
    private final Function<Tensor, List<Tensor>> keysAndValues;

    /** @param keysAndValues of all layers, at flat positions */
    Forward(
            Batch batch,
            List<Tensor> hidden,
            Tensor head,
            float softCap,
            Function<Tensor, List<Tensor>> keysAndValues) {
        this.batch = batch;
        this.hidden = hidden;
        this.head = head;
        this.softCap = softCap;
        this.keysAndValues = keysAndValues;
    }

    public Batch batch() {
        return batch;
    }

    /**
     * The embeddings, then the output of each layer, the last one after the final norm; L+1 tensors {@code [B, T, D]}.
     */
    public List<Tensor> hidden() {
        return hidden;
    }

    /** Scores of the next token at every position, {@code [B, T, V]}. */
    public Tensor logits() {
        return Tensors.logits(last(), head, softCap);
    }

    /** Log-probability of each answer token, nats; {@code [N]}. */
    public Tensor answerLogProbs() {
        return Tensors.tokenLogProbs(answers(last()), head, Tensor.of(batch.targets()), softCap);
    }

    /** Mean negative log-likelihood of an answer token of the batch, nats; a scalar. */
    public Tensor crossEntropy() {
        return answerLogProbs().mean().times(-1);
    }

    /** Log-probability of each row's answer, nats: the sum over its tokens; {@code [B]}. */
    public Tensor answerLogProbsByRow() {
        return answerLogProbs().sumBy(batch.row(), batch.rows());
    }

    /**
     * Divergence from the base model at each answer position, nats; {@code [N]}.
     * <pre>  KL(p ‖ q) = Σ_v p(v) (log p(v) − log q(v)) </pre>
     *
     * @param base the base model's last hidden state at these positions, {@code [N, D]}, which gives q
     */
    public Tensor divergence(Tensor base) {
        return Tensors.divergence(answers(last()), base, head, softCap);
    }

    /** Rows of a hidden state at the positions that predict an answer token; {@code [B, T, D] → [N, D]}. */
    public Tensor answers(Tensor state) {
        return Tensors.positions(state, Tensor.of(batch.predicting()));
    }

    /**
     * Keys and values of each layer at tokens of the chat template, as their projections give them, before norms of keys and
     * rotation: k₁, v₁, k₂, …, {@code [M, K·E]} each; M tokens, K key-value heads, E head size.
     */
    public List<Tensor> keysAndValues(Batch.TemplatePart part) {
        return keysAndValues.apply(Tensor.of(batch.positions(part)));
    }

    private Tensor last() {
        return hidden.get(hidden.size() - 1);
    }
}
