package org.selgen.hub;

import org.selgen.data.BadInput;
import org.selgen.http.RetryPolicy;

/**
 * How the Hub's client meets failures that may pass: it waits and tries again, and in the end says what the user can do.
 *
 * @param policy tries and waits; failures after at least 1 MiB of progress are counted anew
 * @param longestAskedMillis longest wait that the server may ask for
 * @param stallMillis how long a connection may stay silent
 */
record HubRetries(RetryPolicy policy, long longestAskedMillis, int stallMillis) {
    static final HubRetries USUAL = new HubRetries(new RetryPolicy(6, 1000, 32_000), 300_000, 60_000);

    /** Something that may need several tries. */
    @FunctionalInterface
    interface Request<T> {
        T run() throws TransientException;
    }

    RetryPolicy.Attempts attempts(ModelId id) {
        return policy.attempts(id.hashCode() ^ ProcessHandle.current().pid());
    }

    /**
     * Waits after a failure.
     *
     * @throws BadInput if it was the last one allowed
     */
    void failed(RetryPolicy.Attempts attempts, TransientException failure) {
        boolean again = attempts.failed();
        long wait = failure.askedMillis().orElseGet(attempts::waitMillis);
        boolean tooLong = failure.askedMillis().isPresent() && wait > longestAskedMillis;
        if (!again || tooLong) {
            throw new BadInput(
                    failure.getMessage() + (tooLong ? " for " + wait / 1000 + " s" : "") + "; tried "
                            + attempts.failures() + " time(s): try again later, what has come is kept",
                    failure);
        }
        sleep(wait);
    }

    /** The result of the first try that ends well. */
    <T> T until(ModelId id, Request<T> attempt) {
        RetryPolicy.Attempts attempts = attempts(id);
        while (true) {
            try {
                return attempt.run();
            } catch (TransientException failure) {
                failed(attempts, failure);
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
