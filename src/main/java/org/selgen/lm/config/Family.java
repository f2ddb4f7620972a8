package org.selgen.lm.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A supported model family, named as {@code model_type} in config.json, with the conventions that its files do not
 * state.
 */
public enum Family {
    GEMMA(Norms.BEFORE, QkNorm.NONE),
    GEMMA2(Norms.AROUND, QkNorm.NONE),
    /** Gemma 3, text only; also the text part of a {@code gemma3} folder. */
    GEMMA3_TEXT(Norms.AROUND, QkNorm.HEADS),
    QWEN2(Norms.BEFORE, QkNorm.NONE),
    QWEN3(Norms.BEFORE, QkNorm.HEADS),
    LLAMA(Norms.BEFORE, QkNorm.NONE),
    MISTRAL(Norms.BEFORE, QkNorm.NONE),
    /** Phi-3, Phi-3.5 and Phi-4-mini. */
    PHI3(Norms.BEFORE, QkNorm.NONE),
    SMOLLM3(Norms.BEFORE, QkNorm.NONE),
    OLMO2(Norms.AFTER, QkNorm.WIDTH);

    /** Where a layer norms: what goes into attention and feed-forward, what comes out of them, or both. */
    public enum Norms {
        BEFORE,
        AFTER,
        AROUND
    }

    /** What one norm of the queries and keys spans: nothing, one head, or all heads together. */
    public enum QkNorm {
        NONE,
        HEADS,
        WIDTH
    }

    private final Norms norms;
    private final QkNorm qkNorm;

    Family(Norms norms, QkNorm qkNorm) {
        this.norms = norms;
        this.qkNorm = qkNorm;
    }

    /** The value of {@code model_type}. */
    public String modelType() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Family> named(String modelType) {
        return Arrays.stream(values())
                .filter(each -> each.modelType().equals(modelType))
                .findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(Family::modelType).toList();
    }

    /** Gemma scales its embeddings by √hidden, and its norms multiply by 1 + w. */
    public boolean gemma() {
        return this == GEMMA || this == GEMMA2 || this == GEMMA3_TEXT;
    }

    Norms norms() {
        return norms;
    }

    QkNorm qkNorm() {
        return qkNorm;
    }

    /** Whether one linear layer gives queries, keys and values, and one the gate and what it multiplies. */
    boolean fused() {
        return this == PHI3;
    }
}
