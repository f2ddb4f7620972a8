package org.selgen.train;

import java.util.Collection;

/**
 * How much a model has to read.
 *
 * @param tokens Σ length over rows, padding not counted
 * @param squares Σ length² over rows, which attention grows with
 */
public record Load(long tokens, long squares) {
    /** Nothing to read. */
    public static final Load NONE = new Load(0, 0);

    /** Of rows of these lengths. */
    static Load of(Collection<Integer> lengths) {
        return new Load(
                lengths.stream().mapToLong(Integer::longValue).sum(),
                lengths.stream().mapToLong(length -> (long) length * length).sum());
    }

    Load plus(Load more) {
        return new Load(tokens + more.tokens, squares + more.squares);
    }
}
