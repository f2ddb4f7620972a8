package org.selgen.lake;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/**
 * How long to wait for the right to write a lake that another process writes. Who waits looks again and again, and touches
 * nothing; of several that wait, the one that looks first has it next.
 *
 * @param longest how long; {@link #NONE} refuses at once
 * @param between from one look to the next
 * @param told is given one line when waiting begins
 */
public record LockWait(Duration longest, Duration between, Consumer<String> told) {
    /** As long as it takes. */
    public static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    /** Not at all. */
    static final LockWait NONE = new LockWait(Duration.ZERO, Duration.ZERO, line -> {});

    private static final Duration BETWEEN = Duration.ofSeconds(3);

    /** With a look every few seconds. */
    public LockWait(Duration longest, Consumer<String> told) {
        this(longest, BETWEEN, told);
    }

    void begins(String lake, String holder) {
        told.accept("waiting for the lake " + lake + ", which is being written by " + holder + "; looking again every "
                + between.toSeconds() + " s"
                + (longest.equals(FOREVER) ? "" : ", for at most " + longest.toMinutes() + " minutes"));
    }

    void pause() throws InterruptedIOException {
        try {
            Thread.sleep(between.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while waiting for the lake");
        }
    }
}
