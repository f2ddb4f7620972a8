package org.selgen.judge.endpoint;

import java.util.HashMap;
import java.util.Map;
import org.selgen.judge.VerdictJournal;

/**
 * What a journal is told of calls: one that was answered ends there once what came of it is kept, and not before, since a driver
 * that is killed in between would have it paid again and not counted.
 */
final class CallJournal {
    private final VerdictJournal journal;
    private final Map<Long, String> unkept = new HashMap<>(); // permits of answered calls; their processes
    private final UnkeptCalls here = new UnkeptCalls();

    CallJournal(VerdictJournal journal) {
        this.journal = journal;
    }

    void begun() {
        journal.begun();
    }

    /** A call ended without a reply, or with its process. */
    void ended() {
        journal.ended();
    }

    /** A call was answered, in this process on this thread. */
    synchronized void answered(long permit, String who, boolean inThisProcess) {
        if (journal == VerdictJournal.NONE) {
            return; // nobody will say what is kept
        }
        unkept.put(permit, who);
        if (inThisProcess) {
            here.add(permit);
        }
    }

    /** What came of this thread's calls is kept. */
    void kept() {
        here.keep();
        here.told().forEach(this::kept);
    }

    /** What came of a call is kept. */
    synchronized void kept(long permit) {
        if (unkept.remove(permit) != null) {
            journal.ended();
        }
    }

    /** Processes are gone; gives how many answered calls had nothing kept. */
    synchronized int lose(String prefix) {
        int before = unkept.size();
        unkept.values().removeIf(who -> who.startsWith(prefix));
        int lost = before - unkept.size();
        for (int i = 0; i < lost; i++) {
            journal.ended();
        }
        return lost;
    }
}
