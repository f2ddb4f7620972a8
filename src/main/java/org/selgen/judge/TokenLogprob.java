package org.selgen.judge;

/**
 * One of the likeliest next tokens.
 *
 * @param token its text, spaces kept
 * @param logprob natural logarithm of its probability, at most 0
 */
public record TokenLogprob(String token, double logprob) {
    public double probability() {
        return Math.exp(logprob);
    }
}
