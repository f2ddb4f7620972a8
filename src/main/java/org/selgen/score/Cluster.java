package org.selgen.score;

import java.io.Serializable;

/**
 * The answers of one group, which depend on each other: the question in all its variants, formats and samples.
 *
 * @param sum of their values
 * @param count how many they are
 * @param unread how many more, or of them, no judge could read
 */
public record Cluster(double sum, long count, long unread) implements Serializable {
    /** Answers that could all be read. */
    public Cluster(double sum, long count) {
        this(sum, count, 0);
    }

    Cluster plus(Cluster other) {
        return new Cluster(sum + other.sum, count + other.count, unread + other.unread);
    }
}
