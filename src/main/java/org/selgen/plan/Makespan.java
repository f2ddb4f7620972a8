package org.selgen.plan;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import org.selgen.cluster.TaskPriority;
import org.selgen.cluster.TaskScheduler;

/** When tasks that wait in {@link TaskScheduler}' line for free slots will all be done. */
final class Makespan {
    private Makespan() {}

    /**
     * A task.
     *
     * @param turn its place in the line, and how long it will take
     * @param then those that come into the line when it has ended
     */
    record Job(TaskPriority turn, List<Job> then) {}

    private record Running(double end, Job job) {}

    /**
     * Seconds until the last is done; the line's first is taken by the slot that is free first.
     *
     * @return none if how long a task will take is not known
     */
    static OptionalDouble seconds(List<Job> jobs, long slots) {
        PriorityQueue<Job> line = new PriorityQueue<>(Comparator.comparing(Job::turn));
        PriorityQueue<Running> running = new PriorityQueue<>(Comparator.comparingDouble(Running::end));
        line.addAll(jobs);
        double now = 0;
        while (!line.isEmpty() || !running.isEmpty()) {
            while (!line.isEmpty() && running.size() < slots) {
                Job next = line.remove();
                running.add(new Running(now + next.turn().seconds(), next));
            }
            Running first = running.remove();
            now = first.end();
            if (Double.isNaN(now)) {
                return OptionalDouble.empty();
            }
            line.addAll(first.job().then());
        }
        return OptionalDouble.of(now);
    }
}
