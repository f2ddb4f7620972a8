package org.selgen.cluster;

/**
 * A task that waits for a slot.
 *
 * @param added its number: of those with one priority, the first added comes first
 */
record QueuedTask(Runnable work, TaskPriority priority, long added) implements Comparable<QueuedTask> {
    @Override
    public int compareTo(QueuedTask other) {
        int turns = priority.compareTo(other.priority);
        return turns != 0 ? turns : Long.compare(added, other.added);
    }
}
