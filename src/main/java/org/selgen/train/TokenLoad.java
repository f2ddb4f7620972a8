package org.selgen.train;

import java.util.Collection;

/**
 * The amount of text that a model processes.
 *
 * @param tokens Σ length over rows, without padding
 * @param squares Σ length² over rows; the cost of attention is proportional to it
 */
public record TokenLoad(long tokens, long squares) {
    /** No text. */
    public static final TokenLoad NONE = new TokenLoad(0, 0);

    /** The load of rows of these lengths. */
    static TokenLoad of(Collection<Integer> lengths) {
        return new TokenLoad(
                lengths.stream().mapToLong(Integer::longValue).sum(),
                lengths.stream().mapToLong(length -> (long) length * length).sum());
    }

    TokenLoad plus(TokenLoad more) {
        return new TokenLoad(tokens + more.tokens, squares + more.squares);
    }
}
