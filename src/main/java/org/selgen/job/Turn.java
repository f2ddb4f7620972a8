package org.selgen.job;

import java.util.Comparator;

/**
 * Who is next where tasks wait for a slot: asking a run that is there before training another, so that results come early;
 * then the longest first, so that none that is long begins when the others are nearly done.
 *
 * @param rank {@link #ASK} or {@link #TRAIN}
 * @param seconds that the task is expected to take; NaN where nothing is known, which comes first
 */
record Turn(int rank, double seconds) implements Comparable<Turn> {
    static final int ASK = 0;
    static final int TRAIN = 1;

    private static final Comparator<Turn> ORDER = Comparator.comparingInt(Turn::rank)
            .thenComparing(Comparator.comparingDouble(Turn::seconds).reversed());

    @Override
    public int compareTo(Turn other) {
        return ORDER.compare(this, other);
    }
}
