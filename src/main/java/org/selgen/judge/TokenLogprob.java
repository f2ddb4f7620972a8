package org.selgen.judge;

import java.io.Serializable;

/**
 * One of the likeliest next tokens.
 *
 * @param token its text, spaces kept
 * @param logprob natural logarithm of its probability, at most 0
 */
public record TokenLogprob(String token, double logprob) implements Serializable {
    public double probability() {
        return Math.exp(logprob);
    }
}
