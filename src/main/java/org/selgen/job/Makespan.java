package org.selgen.job;

import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/** When tasks that wait in a line for free slots will all be done. */
final class Makespan {
    private Makespan() {}

    /** Seconds until the last is done; each is taken in its turn by the slot that is free first. */
    static double seconds(List<Double> tasks, int slots) {
        PriorityQueue<Double> free = new PriorityQueue<>(
                IntStream.range(0, slots).mapToObj(slot -> 0.0).toList());
        double last = 0;
        for (double task : tasks) {
            double end = free.remove() + task;
            free.add(end);
            last = Math.max(last, end);
        }
        return last;
    }
}
