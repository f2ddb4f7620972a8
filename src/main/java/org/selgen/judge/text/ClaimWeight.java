package org.selgen.judge.text;

/** How a text claims a number, the weightiest first. */
public enum ClaimWeight {
    /** In a box. */
    BOXED,
    /** Said to be the final answer, or after a label: {@code Answer: 8}. */
    FINAL,
    /** Said to be what was asked for: {@code the gcd is 8}, {@code so 8}. */
    ANSWER,
    /** Said of "it", "that" or nothing: {@code it is 8}. */
    PRONOUN,
    /** Alone in a sentence. */
    ALONE,
    /** At the end of another equation. */
    EQUATION,
    /** The only number of the text. */
    ONLY
}
