package org.selgen.judge.endpoint;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Calls whose replies their threads have, until what came of them is kept: it would be lost with the process. */
final class UnkeptCalls {
    private final Map<Thread, Set<Long>> answered = new HashMap<>(); // permits
    private Set<Long> kept = new HashSet<>();

    /** A call of this thread was answered. */
    synchronized void add(long permit) {
        answered.computeIfAbsent(Thread.currentThread(), thread -> new HashSet<>())
                .add(permit);
    }

    /** What came of this thread's calls is kept. */
    synchronized void keep() {
        kept.addAll(answered.getOrDefault(Thread.currentThread(), Set.of()));
        answered.remove(Thread.currentThread());
    }

    /** Nothing more will come of any. */
    synchronized void keepAll() {
        answered.values().forEach(kept::addAll);
        answered.clear();
    }

    synchronized boolean nothingNew() {
        return kept.isEmpty();
    }

    /** Permits of those that were kept since this was asked. */
    synchronized Set<Long> told() {
        Set<Long> told = kept;
        kept = new HashSet<>();
        return told;
    }
}
