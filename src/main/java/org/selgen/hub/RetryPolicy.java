package org.selgen.hub;

import org.selgen.data.BadInput;

/**
 * How faults are met: wait, twice as long each time, and try again.
 *
 * @param tries how many faults in a row end it; those after at least 1 MiB of progress begin a new row
 * @param firstWaitMillis wait after the first fault
 * @param longestWaitMillis longest wait that a server may ask for
 * @param stallMillis how long a connection may stay silent
 */
record RetryPolicy(int tries, long firstWaitMillis, long longestWaitMillis, int stallMillis) {
    static final RetryPolicy USUAL = new RetryPolicy(6, 1000, 300_000, 60_000);

    /** Something that may need several tries. */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws TransientException;
    }

    /** Counts the faults of one piece of work. */
    final class Row {
        private int faults;

        void progressed() {
            faults = 0;
        }

        /**
         * Waits after a fault.
         *
         * @throws BadInput if it was one too many
         */
        void met(TransientException fault) {
            faults++;
            long wait = fault.asked().orElse(firstWaitMillis << Math.min(faults - 1, 5));
            if (faults >= tries || wait > longestWaitMillis) {
                throw new BadInput(
                        fault.getMessage() + (wait > longestWaitMillis ? " for " + wait / 1000 + " s" : "") + "; tried "
                                + faults + " time(s): try again later, what has come is kept",
                        fault);
            }
            sleep(wait);
        }
    }

    Row row() {
        return new Row();
    }

    /** The result of the first try that ends well. */
    <T> T until(Attempt<T> attempt) {
        Row row = row();
        while (true) {
            try {
                return attempt.run();
            } catch (TransientException fault) {
                row.met(fault);
            }
        }
    }

    static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BadInput("the download was stopped; start it again, what has come is kept", e);
        }
    }
}
