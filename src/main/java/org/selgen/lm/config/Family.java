package org.selgen.lm.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A supported model family, named as {@code model_type} in config.json. */
public enum Family {
    GEMMA,
    GEMMA2,
    QWEN2,
    QWEN3,
    LLAMA;

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
        return this == GEMMA || this == GEMMA2;
    }
}
