package org.selgen.judge;

import java.util.Locale;

/** How a judge's tokenizer writes the numbers to 100, which decides whether a first token can be a score. */
public enum NumberTokens {
    /** As one token each: {@code 85}. */
    WHOLE,
    /** As a token for each digit: {@code 8}, {@code 5}. */
    DIGITS,
    /** Not found out. */
    UNKNOWN;

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What {@link #key} names; {@link #UNKNOWN} for anything else. */
    static NumberTokens of(String key) {
        for (NumberTokens each : values()) {
            if (each.key().equals(key)) {
                return each;
            }
        }
        return UNKNOWN;
    }
}
