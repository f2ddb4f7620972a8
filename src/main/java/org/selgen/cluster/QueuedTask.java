package org.selgen.cluster;

import java.io.Serializable;

/**
 * A task that waits for a slot.
 *
 * @param added its number: of those with one priority, the first added comes first
 */
record QueuedTask<I extends Serializable, O>(
        TaskGroup<I, O> group, String title, I item, TaskPriority priority, long added)
        implements Comparable<QueuedTask<?, ?>> {
    void run() {
        group.run(this);
    }

    @Override
    public int compareTo(QueuedTask<?, ?> other) {
        int turns = priority.compareTo(other.priority);
        return turns != 0 ? turns : Long.compare(added, other.added);
    }
}
