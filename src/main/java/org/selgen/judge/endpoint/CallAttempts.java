package org.selgen.judge.endpoint;

import java.util.SplittableRandom;

/** How often one call failed or was told to wait. Jitter needs no other randomness than the call's own. */
final class CallAttempts {
    private static final long LONGEST_MILLIS = 30_000;

    private final long firstMillis;
    private final SplittableRandom random;
    private final long began = System.nanoTime();
    private int faults;
    private int busy;

    /**
     * For a call that begins now.
     *
     * @param firstMillis wait after the first time
     */
    CallAttempts(long firstMillis, long seed) {
        this.firstMillis = firstMillis;
        this.random = new SplittableRandom(seed);
    }

    /** Counts a failed try. */
    int fault() {
        return ++faults;
    }

    /** Counts a try that was told to wait. */
    void busy() {
        busy++;
    }

    int faults() {
        return faults;
    }

    boolean again() {
        return faults + busy > 0;
    }

    /** Between half and one and a half of the wait that doubles with each time, milliseconds. */
    long backoff(int time) {
        double whole = firstMillis * Math.pow(2, Math.min(time, 20) - 1.0);
        return (long) (Math.min(LONGEST_MILLIS, whole) * (0.5 + random.nextDouble()));
    }

    /** The wait where a busy service does not say how long. */
    long busyBackoff() {
        return backoff(busy + 1);
    }

    double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }
}
