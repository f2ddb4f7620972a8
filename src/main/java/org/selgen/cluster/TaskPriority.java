package org.selgen.cluster;

import java.util.Comparator;

/**
 * Who is next where tasks wait for a slot: asking a run that is there before training another, so that results come early;
 * then the longest first, so that none that is long begins when the others are nearly done.
 *
 * @param rank {@link #ASK} or {@link #TRAIN}
 * @param seconds that the task is expected to take; NaN where nothing is known, which comes first
 */
public record TaskPriority(int rank, double seconds) implements Comparable<TaskPriority> {
    public static final int ASK = 0;
    public static final int TRAIN = 1;

    private static final Comparator<TaskPriority> ORDER = Comparator.comparingInt(TaskPriority::rank)
            .thenComparing(Comparator.comparingDouble(TaskPriority::seconds).reversed());

    @Override
    public int compareTo(TaskPriority other) {
        return ORDER.compare(this, other);
    }
}
