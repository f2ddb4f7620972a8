package org.selgen.lm.config;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The shape and the conventions of a decoder-only transformer, as its Hugging Face config.json gives them.
 *
 * @param module the decoder's name among the modules of transformers, before that of a layer: {@code model}, or
 *     {@code model.language_model} where it is one part of several
 * @param vocab tokens in the embedding, V
 * @param hidden width of the residual stream, D
 * @param heads query heads, H
 * @param kvHeads key and value heads; divides {@code heads}
 * @param headDim width of one head; even
 * @param ffn inner width of the feed-forward block
 * @param normEps added to the mean square in every RMS norm
 * @param maxPositions longest context, in tokens
 * @param tied whether the output layer is the embedding
 * @param activation the feed-forward gate's nonlinearity
 * @param qkvBias whether q, k and v projections have a bias
 * @param outBias whether the attention output projection has a bias
 * @param queryScale factor on q · k
 * @param attnSoftcap c in c · tanh(x / c) on attention scores; null where there is none
 * @param logitSoftcap the same on the logits
 * @param attention windows and positions of the layers, in their order, L
 */
public record DecoderConfig(
        Family family,
        String module,
        int vocab,
        int hidden,
        int heads,
        int kvHeads,
        int headDim,
        int ffn,
        double normEps,
        int maxPositions,
        boolean tied,
        Activation activation,
        boolean qkvBias,
        boolean outBias,
        double queryScale,
        @Nullable Double attnSoftcap,
        @Nullable Double logitSoftcap,
        List<LayerAttention> attention) {

    public DecoderConfig {
        attention = List.copyOf(attention);
    }

    /** Decoder layers, L. */
    public int layers() {
        return attention.size();
    }

    /** Factor on the token embeddings before the first layer: √hidden for Gemma, else 1. */
    public double embedScale() {
        return family.gemma() ? Math.sqrt(hidden) : 1;
    }

    /** Whether a norm multiplies by 1 + w instead of w. */
    public boolean normPlusOne() {
        return family.gemma();
    }

    /**
     * Whether a norm rounds to the type to compute in before it multiplies by w, instead of after it; no difference in
     * float32.
     */
    public boolean normRoundsFirst() {
        return !family.gemma() && family != Family.OLMO2;
    }

    /** Whether cosine and sine stay in float32 where the rest is narrower. */
    public boolean ropeInFloat32() {
        return family == Family.OLMO2;
    }

    public Family.Norms norms() {
        return family.norms();
    }

    public Family.QkNorm qkNorm() {
        return family.qkNorm();
    }

    /** Whether one linear layer gives queries, keys and values, and one the gate and what it multiplies. */
    public boolean fused() {
        return family.fused();
    }

    /** How many tokens a position of this layer attends to, itself included; empty if all before it. */
    public OptionalInt window(int layer) {
        Integer window = attention.get(layer).window();
        return window == null ? OptionalInt.empty() : OptionalInt.of(window);
    }

    /** The same with an output layer of its own. */
    public DecoderConfig untied() {
        return new DecoderConfig(
                family,
                module,
                vocab,
                hidden,
                heads,
                kvHeads,
                headDim,
                ffn,
                normEps,
                maxPositions,
                false,
                activation,
                qkvBias,
                outBias,
                queryScale,
                attnSoftcap,
                logitSoftcap,
                attention);
    }
}
