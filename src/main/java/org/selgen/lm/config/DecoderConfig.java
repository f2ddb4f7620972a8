package org.selgen.lm.config;

import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The shape and the conventions of a decoder-only transformer, as its Hugging Face config.json gives them.
 *
 * @param vocab tokens in the embedding, V
 * @param hidden width of the residual stream, D
 * @param layers decoder layers, L
 * @param heads query heads, H
 * @param kvHeads key and value heads; divides {@code heads}
 * @param headDim width of one head; even
 * @param ffn inner width of the feed-forward block
 * @param normEps added to the mean square in every RMS norm
 * @param ropeTheta base of the rotary frequencies
 * @param ropeScaling how the frequencies are scaled; null where they are not
 * @param maxPositions longest context, in tokens
 * @param tied whether the output layer is the embedding
 * @param activation the feed-forward gate's nonlinearity
 * @param qkvBias whether q, k and v projections have a bias
 * @param outBias whether the attention output projection has a bias
 * @param queryScale factor on q · k
 * @param attnSoftcap c in c · tanh(x / c) on attention scores; null where there is none
 * @param logitSoftcap the same on the logits
 * @param slidingWindow how many tokens (itself included) a position of a sliding layer attends to; null where there is
 *     none
 * @param slidingLayers the layers with a sliding window, counted from 0
 */
public record DecoderConfig(
        Family family,
        int vocab,
        int hidden,
        int layers,
        int heads,
        int kvHeads,
        int headDim,
        int ffn,
        double normEps,
        double ropeTheta,
        @Nullable RopeScaling ropeScaling,
        int maxPositions,
        boolean tied,
        Activation activation,
        boolean qkvBias,
        boolean outBias,
        double queryScale,
        @Nullable Double attnSoftcap,
        @Nullable Double logitSoftcap,
        @Nullable Integer slidingWindow,
        Set<Integer> slidingLayers) {

    /** Factor on the token embeddings before the first layer: √hidden for Gemma, else 1. */
    public double embedScale() {
        return family.gemma() ? Math.sqrt(hidden) : 1;
    }

    /** Whether a norm multiplies by 1 + w instead of w. */
    public boolean normPlusOne() {
        return family.gemma();
    }

    /** Whether every query and key head has an RMS norm of its own before the rotation. */
    public boolean qkNorm() {
        return family == Family.QWEN3;
    }

    /** Whether attention and feed-forward results are normed once more before they join the residual stream. */
    public boolean postNorms() {
        return family == Family.GEMMA2;
    }

    /** How many tokens a position of this layer attends to, itself included; empty if all before it. */
    public OptionalInt window(int layer) {
        return slidingWindow != null && slidingLayers.contains(layer)
                ? OptionalInt.of(slidingWindow)
                : OptionalInt.empty();
    }
}
