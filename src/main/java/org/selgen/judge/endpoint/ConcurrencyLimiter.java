package org.selgen.judge.endpoint;

import java.time.Duration;

/**
 * How many calls may run at once. One more after as many good calls as run (additive increase); half as many when the
 * service says it is busy (multiplicative decrease), once for all calls that began before the cut; no growth for a
 * while when it fails. All calls wait as long as the service asks.
 */
final class ConcurrencyLimiter {
    private static final double FIRST = 4;
    private static final long CALM_NANOS = Duration.ofSeconds(5).toNanos();

    private final int most;
    private double limit;
    private int inside;
    private long cuts;
    private long closedUntil;
    private long calmUntil;

    ConcurrencyLimiter(int most) {
        this.most = most;
        this.limit = Math.min(FIRST, most);
        this.closedUntil = System.nanoTime();
        this.calmUntil = closedUntil;
    }

    /**
     * Waits for a place.
     *
     * @return what to give back at the end
     */
    synchronized long enter() throws InterruptedException {
        for (long now = System.nanoTime(); inside >= (int) limit || now < closedUntil; now = System.nanoTime()) {
            wait(inside >= (int) limit ? 1000 : Math.max(1, (closedUntil - now) / 1_000_000));
        }
        inside++;
        return cuts;
    }

    synchronized void good() {
        if (System.nanoTime() >= calmUntil) {
            limit = Math.min(most, limit + 1 / limit);
        }
        leave();
    }

    /**
     * Ends a call that the service was too busy for.
     *
     * @param entered what {@link #enter} gave
     * @param pause what the service asks for
     */
    synchronized void busy(long entered, Duration pause) {
        if (entered == cuts) {
            limit = Math.max(1, limit / 2);
            cuts++;
        }
        closedUntil = Math.max(closedUntil, System.nanoTime() + pause.toNanos());
        leave();
    }

    synchronized void failed() {
        calmUntil = System.nanoTime() + CALM_NANOS;
        leave();
    }

    synchronized void leave() {
        inside--;
        notifyAll();
    }

    synchronized double limit() {
        return limit;
    }
}
