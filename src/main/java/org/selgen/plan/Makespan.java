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
     * @param priority its place in the queue, and how long it will take
     * @param needs tasks that must have ended before it is queued
     */
    record Job(String id, TaskPriority priority, Set<String> needs) {}

    private record Running(double end, Job job) {}

    /**
     * Seconds until the last task is done; the first of the queue is taken by the slot that is free first.
     *
     * @return none if how long a task will take is not known
     */
    static OptionalDouble seconds(List<Job> jobs, long slots) {
        List<Job> waiting = new ArrayList<>(jobs);
        PriorityQueue<Job> queue = new PriorityQueue<>(Comparator.comparing(Job::priority));
        PriorityQueue<Running> running = new PriorityQueue<>(Comparator.comparingDouble(Running::end));
        Set<String> done = new HashSet<>();
        double now = 0;
        schedule(waiting, done, queue);
        while (!queue.isEmpty() || !running.isEmpty()) {
            while (!queue.isEmpty() && running.size() < slots) {
                Job next = queue.remove();
                running.add(new Running(now + next.priority().seconds(), next));
            }
            Running first = running.remove();
            now = first.end();
            if (Double.isNaN(now)) {
                return OptionalDouble.empty();
            }
            done.add(first.job().id());
            schedule(waiting, done, queue);
        }
        return OptionalDouble.of(now);
    }

    /** Queues what waits for nothing more. */
    private static void schedule(List<Job> waiting, Set<String> done, PriorityQueue<Job> queue) {
        for (Iterator<Job> jobs = waiting.iterator(); jobs.hasNext(); ) {
            Job job = jobs.next();
            if (done.containsAll(job.needs())) {
                queue.add(job);
                jobs.remove();
            }
        }
    }
}
