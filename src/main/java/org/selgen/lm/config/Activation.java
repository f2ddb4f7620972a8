package org.selgen.lm.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The nonlinearity of the feed-forward gate. */
public enum Activation {
    /** x/2 · (1 + tanh(√(2/π) (x + 0.044715 x³))). */
    GELU_TANH("gelu_pytorch_tanh"),
    /** x/2 · (1 + erf(x/√2)). */
    GELU("gelu"),
    /** x / (1 + e^−x). */
    SILU("silu");

    private final String key;

    Activation(String key) {
        this.key = key;
    }

    /** The activation that config.json calls by this name. */
    static Optional<Activation> named(String key) {
        return Arrays.stream(values()).filter(each -> each.key.equals(key)).findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(each -> each.key).toList();
    }
}
