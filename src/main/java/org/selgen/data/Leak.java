package org.selgen.data;

import java.io.Serializable;

/**
 * A pair of rows of two splits that say (nearly) the same.
 *
 * @param left dataset and split of the first row
 * @param leftId its id
 * @param right dataset and split of the second row
 * @param rightId its id
 * @param kind {@code exact} or {@code near}
 * @param similarity Jaccard similarity of their word 3-grams; 1 for exact
 */
public record Leak(String left, String leftId, String right, String rightId, String kind, double similarity)
        implements Serializable {}
