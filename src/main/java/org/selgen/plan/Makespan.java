package org.selgen.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import java.util.Set;
import org.selgen.cluster.TaskPriority;

/** When tasks that the scheduler deals to free slots will all be done. */
final class Makespan {
    private Makespan() {}

    /**
     * A task.
     *
     * @param id names it among the others
     * @param priority its place in the line, and how long it will take
     * @param needs tasks that must have ended before it stands in the line
     */
    record Job(String id, TaskPriority priority, Set<String> needs) {}

    private record Running(double end, Job job) {}

    /**
     * Seconds until the last is done; the line's first is taken by the slot that is free first.
     *
     * @return none if how long a task will take is not known
     */
    static OptionalDouble seconds(List<Job> jobs, long slots) {
        List<Job> waiting = new ArrayList<>(jobs);
        PriorityQueue<Job> line = new PriorityQueue<>(Comparator.comparing(Job::priority));
        PriorityQueue<Running> running = new PriorityQueue<>(Comparator.comparingDouble(Running::end));
        Set<String> done = new HashSet<>();
        double now = 0;
        schedule(waiting, done, line);
        while (!line.isEmpty() || !running.isEmpty()) {
            while (!line.isEmpty() && running.size() < slots) {
                Job next = line.remove();
                running.add(new Running(now + next.priority().seconds(), next));
            }
            Running first = running.remove();
            now = first.end();
            if (Double.isNaN(now)) {
                return OptionalDouble.empty();
            }
            done.add(first.job().id());
            schedule(waiting, done, line);
        }
        return OptionalDouble.of(now);
    }

    /** Moves into the line what waits for nothing more. */
    private static void schedule(List<Job> waiting, Set<String> done, PriorityQueue<Job> line) {
        for (Iterator<Job> jobs = waiting.iterator(); jobs.hasNext(); ) {
            Job job = jobs.next();
            if (done.containsAll(job.needs())) {
                line.add(job);
                jobs.remove();
            }
        }
    }
}
