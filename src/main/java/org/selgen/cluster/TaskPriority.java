package org.selgen.cluster;

import java.util.Comparator;

/**
 * Which task comes next where several wait for a slot: generating with a trained run before training another, so that results come early;
 * then the longest first, so that none that is long begins when the others are nearly done.
 *
 * @param rank {@link #GENERATE} or {@link #TRAIN}
 * @param seconds that the task is expected to take; NaN where nothing is known, which comes first
 */
public record TaskPriority(int rank, double seconds) implements Comparable<TaskPriority> {
    public static final int GENERATE = 0;
    public static final int TRAIN = 1;

    private static final Comparator<TaskPriority> ORDER = Comparator.comparingInt(TaskPriority::rank)
            .thenComparing(Comparator.comparingDouble(TaskPriority::seconds).reversed());

    @Override
    public int compareTo(TaskPriority other) {
        return ORDER.compare(this, other);
    }
}
