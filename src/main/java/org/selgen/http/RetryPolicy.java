package org.selgen.http;

import java.util.SplittableRandom;

/**
 * How often a request is tried, and how long to wait between two tries: twice as long each time, up to a bound, with jitter so
 * that clients that failed together do not return together.
 *
 * @param tries of one request before it has failed
 * @param firstWaitMillis wait after the first failure, before jitter
 * @param longestWaitMillis longest wait, before jitter; a server may ask for more
 */
public record RetryPolicy(int tries, long firstWaitMillis, long longestWaitMillis) {
    /** The attempts of a request that begins now; equal seeds have equal jitter. */
    public Attempts attempts(long seed) {
        return new Attempts(seed);
    }

    /** How often one request has failed, or was refused by a busy server. Not for several threads. */
    public final class Attempts {
        private final SplittableRandom random;
        private final long begun = System.nanoTime();
        private int failures;
        private int refusals;

        private Attempts(long seed) {
            this.random = new SplittableRandom(seed);
        }

        /**
         * Counts a failed try.
         *
         * @return whether another try is allowed
         */
        public boolean failed() {
            return ++failures < tries;
        }

        /** Counts a try that a busy server refused; there is no bound on their number. */
        public void refused() {
            refusals++;
        }

        /** Forgets the failures, after a try that brought the request forward. */
        public void progressed() {
            failures = 0;
        }

        public int failures() {
            return failures;
        }

        /** Whether this is not the first try. */
        public boolean repeated() {
            return failures + refusals > 0;
        }

        /** The wait after the last failure, milliseconds. */
        public long waitMillis() {
            return backoff(failures);
        }

        /** The wait after a refusal that is not counted yet, where the server does not ask for one, milliseconds. */
        public long refusalWaitMillis() {
            return backoff(refusals + 1);
        }

        /** Between half and one and a half of the wait that doubles with each time. */
        private long backoff(int time) {
            double whole = firstWaitMillis * Math.pow(2, Math.min(time, 20) - 1.0);
            return (long) (Math.min((double) longestWaitMillis, whole) * (0.5 + random.nextDouble()));
        }

        /** Since the first try began. */
        public double seconds() {
            return (System.nanoTime() - begun) / 1e9;
        }
    }
}
