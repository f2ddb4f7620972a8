package org.selgen.lm;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.Tensors;

/**
 * The result of a forward pass over a batch. B rows, T tokens, D hidden, V vocabulary, N answer tokens, L layers.
 *
 * <p>The output of the last layer and logits over the vocabulary are worked out on demand: at the positions that predict an
 * answer token, as losses do, or at all.
 */
public final class Forward {
    private final Batch batch;
    private final States states;
    private final Tensor head; // [V, D]
    private final float softCap;
    private final Function<Tensor, List<Tensor>> keysAndValues;

    /**
     * Hidden states.
     *
     * @param before embeddings and the output of each layer but the last, L × {@code [B, T, D]}
     * @param last output of the last layer behind the final norm at flat positions {@code [M]}, {@code [M, D]}; at all,
     *     {@code [B, T, D]}, where there are none
     */
    record States(List<Tensor> before, UnaryOperator<Tensor> last) {
        Tensor everywhere() {
            return last.apply(Tensor.none());
        }

        Tensor lastAt(Tensor positions) {
            return positions.shape()[0] == 0 ? Tensors.positions(everywhere(), positions) : last.apply(positions);
        }
    }

    /** @param keysAndValues of all layers, at flat positions */
    Forward(Batch batch, States states, Tensor head, float softCap, Function<Tensor, List<Tensor>> keysAndValues) {
        this.batch = batch;
        this.states = states;
        this.head = head;
        this.softCap = softCap;
        this.keysAndValues = keysAndValues;
    }

    public Batch batch() {
        return batch;
    }

    /**
     * The embeddings, then the output of each layer, the last one after the final norm; L+1 tensors {@code [B, T, D]}.
     * The last is worked out at each call.
     */
    public List<Tensor> hidden() {
        return Stream.concat(states.before().stream(), Stream.of(states.everywhere()))
                .toList();
    }

    /** The output of each layer at flat positions, the last one after the final norm; L tensors {@code [M, D]}. */
    public List<Tensor> at(Tensor positions) {
        return Stream.concat(
                        states.before().stream().skip(1).map(state -> Tensors.positions(state, positions)),
                        Stream.of(states.lastAt(positions)))
                .toList();
    }

    /** The same at the positions that predict an answer token; L tensors {@code [N, D]}. */
    public List<Tensor> answers() {
        return at(predicting());
    }

    /** That of the last layer alone, {@code [N, D]}. */
    public Tensor lastOfAnswers() {
        return states.lastAt(predicting());
    }

    /** Scores of the next token at every position, {@code [B, T, V]}. */
    public Tensor logits() {
        return Tensors.logits(states.everywhere(), head, softCap);
    }

    /** Log-probability of each answer token, nats; {@code [N]}. */
    public Tensor answerLogProbs() {
        return Tensors.tokenLogProbs(lastOfAnswers(), head, Tensor.of(batch.targets()), softCap);
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
        return Tensors.divergence(lastOfAnswers(), base, head, softCap);
    }

    /**
     * Keys and values of each layer at tokens of the chat template, as their projections give them, before norms of keys and
     * rotation: k₁, v₁, k₂, …, {@code [M, K·E]} each; M tokens, K key-value heads, E head size.
     */
    public List<Tensor> keysAndValues(Batch.TemplatePart part) {
        return keysAndValues.apply(Tensor.of(batch.positions(part)));
    }

    private Tensor predicting() {
        return Tensor.of(batch.predicting());
    }
}
