package org.selgen.train;

import java.util.Collection;

/**
 * How much a model has to read.
 *
 * @param tokens Σ length over rows, padding not counted
 * @param squares Σ length² over rows, which attention grows with
 */
public record TokenLoad(long tokens, long squares) {
    /** Nothing to read. */
    public static final TokenLoad NONE = new TokenLoad(0, 0);

    /** Of rows of these lengths. */
    static TokenLoad of(Collection<Integer> lengths) {
        return new TokenLoad(
                lengths.stream().mapToLong(Integer::longValue).sum(),
                lengths.stream().mapToLong(length -> (long) length * length).sum());
    }

    TokenLoad plus(TokenLoad more) {
        return new TokenLoad(tokens + more.tokens, squares + more.squares);
    }
}
