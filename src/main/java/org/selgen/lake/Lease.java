package org.selgen.lake;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.selgen.data.LakeInUse;
import org.selgen.lake.LeaseFolder.Entry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write a lake where no operating system keeps locks: a file of its holder's own in a {@link LeaseFolder},
 * written anew again and again. Its number, the epoch, is higher than those of all that had the right before, so that a holder
 * who was paused and taken over from finds itself late.
 *
 * <p>Who wants it says so in a file first and then looks: nobody can miss another who has looked already. Of those who see each
 * other, the one whose name is first stays. So the storage need not refuse to make a file that is there, which some cannot.
 */
final class Lease implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
    private static final int LOOKS = 250;
    private static final int LOOK_MILLIS = 20; // at most

    private final LeaseFolder folder;
    private final String own;
    private final String text;
    private final long epoch;
    private final LeaseTerms terms;
    private final AtomicLong commits = new AtomicLong();
    private final Timer timer = new Timer("lease", true);
    private volatile long renewed;
    private boolean closed;

    private Lease(LeaseFolder folder, String id, long epoch, String text, LeaseTerms terms) {
        this.folder = folder;
        this.own = LeaseFolder.held(epoch, id);
        this.text = text;
        this.epoch = epoch;
        this.terms = terms;
        this.renewed = terms.nanos().getAsLong();
    }

    /** @throws LakeInUse if another has it, naming process, machine and since when */
    static Lease take(LeaseFolder folder, String holder, LeaseTerms terms) throws IOException {
        folder.requireFree(folder.entries(), terms.clock());
        String id = UUID.randomUUID().toString();
        String want = LeaseFolder.want(id);
        String text = LeaseFolder.heldBy(holder, terms.silence());
        folder.write(want, text);
        try {
            List<Entry> before = alone(folder, want, terms);
            long last = LeaseFolder.newest(before).map(Entry::epoch).orElse(0L);
            // Not from 1 again where somebody has deleted the folder: the tables remember the highest.
            long epoch = Math.max(last + 1, terms.clock().instant().getEpochSecond());
            Lease lease = new Lease(folder, id, epoch, text, terms);
            lease.begin(before);
            return lease;
        } finally {
            folder.delete(want);
        }
    }

    /** Waits for those to give way who began at the same moment and must; gives what was there when nobody else was left. */
    private static List<Entry> alone(LeaseFolder folder, String want, LeaseTerms terms) throws IOException {
        for (int look = 0; ; look++) {
            List<Entry> all = folder.entries();
            folder.requireFree(all, terms.clock());
            List<Entry> rivals = all.stream()
                    .filter(entry -> entry.epoch() == 0 && !entry.name().equals(want))
                    .filter(entry -> !entry.silent(terms.silence(), terms.clock()))
                    .toList();
            if (rivals.isEmpty()) {
                return all;
            }
            for (Entry rival : rivals) {
                if (rival.name().compareTo(want) < 0 || look == LOOKS) {
                    throw folder.inUse(rival);
                }
            }
            pause(Math.min(LOOK_MILLIS, 1 + look));
        }
    }

    private static void pause(long millis) throws InterruptedIOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while taking the lake");
        }
    }

    /** Takes what nobody had; unless this process was paused since it looked, and another did. */
    private void begin(List<Entry> before) throws IOException {
        folder.write(own, text);
        for (Entry entry : folder.entries()) {
            if (entry.epoch() > 0 && !entry.name().equals(own) && !before.contains(entry)) {
                folder.delete(own);
                throw folder.inUse(entry);
            }
        }
        for (Entry entry : before) {
            if (entry.epoch() > 0 || entry.silent(terms.silence(), terms.clock())) {
                LOG.debug("{} is over", entry.name());
                folder.delete(entry.name());
            }
        }
        long millis = Math.max(1, terms.renewal().toMillis());
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        renew();
                    }
                },
                millis,
                millis);
    }

    /** Writes its own file anew, if it is not late. */
    private synchronized void renew() {
        if (closed) {
            return;
        }
        try {
            check();
            long now = terms.nanos().getAsLong();
            folder.write(own, text);
            renewed = now;
        } catch (LakeInUse late) {
            timer.cancel();
            terms.lost().accept(late);
        } catch (IOException | RuntimeException e) {
            LOG.warn("the right to write {} could not be renewed", folder.lake(), e);
        }
    }

    long epoch() {
        return epoch;
    }

    /** Higher than that of every commit before it, of this holder and of all before. */
    long nextCommit() {
        return (epoch << 31) + commits.incrementAndGet();
    }

    /** @throws LakeInUse if another has taken over, or may have while this process was paused */
    void check() throws IOException {
        folder.requireNewest(epoch);
        Duration silent = Duration.ofNanos(terms.nanos().getAsLong() - renewed);
        if (silent.compareTo(terms.limit()) > 0) {
            throw LakeInUse.ranOut(folder.lake(), silent.toSeconds());
        }
    }

    /** Gives it back; the epoch stays for the next to count from. */
    @Override
    public synchronized void close() throws IOException {
        timer.cancel();
        if (closed) {
            return;
        }
        closed = true;
        try {
            folder.requireNewest(epoch);
        } catch (LakeInUse late) {
            return; // there is nothing to give back
        }
        folder.write(own, LeaseFolder.released(text));
    }
}
