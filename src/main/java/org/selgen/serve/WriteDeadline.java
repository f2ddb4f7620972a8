package org.selgen.serve;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * How long all writes of one reply may take together. A client that stops reading fills the buffers between us; the write
 * that then waits is interrupted, which closes the connection. Not for several threads.
 */
final class WriteDeadline {
    private static final ScheduledExecutorService TIMER = timer();

    private final Thread writer = Thread.currentThread();
    private final long wholeNanos;
    private long spentNanos;
    private boolean writing; // guarded by this
    private boolean interrupted; // guarded by this

    WriteDeadline(Duration whole) {
        this.wholeNanos = whole.toNanos();
    }

    private static ScheduledExecutorService timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "serve-write");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /** Something that writes. */
    interface Write {
        void run() throws IOException;
    }

    /**
     * Writes, on the thread that made this.
     *
     * @throws SocketTimeoutException if the client has not read for too long; the connection is then closed
     */
    void write(Write write) throws IOException {
        long begun = System.nanoTime();
        synchronized (this) {
            writing = true;
        }
        ScheduledFuture<?> end =
                TIMER.schedule(this::interrupt, Math.max(0, wholeNanos - spentNanos), TimeUnit.NANOSECONDS);
        boolean late;
        try {
            write.run();
        } finally {
            end.cancel(false);
            late = stopped();
            spentNanos += System.nanoTime() - begun;
        }
        if (late) { // the write was done in the last moment
            throw new SocketTimeoutException("the client does not read");
        }
    }

    private synchronized void interrupt() {
        if (writing) {
            interrupted = true;
            writer.interrupt();
        }
    }

    /** Ends a write; whether it was interrupted, which the thread then forgets. */
    private synchronized boolean stopped() {
        writing = false;
        return interrupted && Thread.interrupted();
    }
}
