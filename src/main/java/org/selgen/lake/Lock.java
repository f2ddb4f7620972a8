package org.selgen.lake;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.selgen.data.BadInput;
import org.selgen.file.ProcessLock;

/**
 * The right to write a lake, of which there is one. The operating system takes it back when its process ends, however that
 * happens, so that a lock is never stale. Readers need none: what they see is complete.
 */
public final class Lock implements AutoCloseable {
    private static final String FILE = "lock";

    private final Closeable held;

    private Lock(Closeable held) {
        this.held = held;
    }

    /** In whatever way the place allows. */
    static Lock take(Storage root, Clock clock) throws IOException {
        return root.at(FILE) instanceof HadoopStorage away
                ? new Lock(Lease.take(away, holder(clock), clock))
                : take(root.root(), clock);
    }

    /**
     * Takes the right to write the lake in a folder that is there, and leaves word of who has it.
     *
     * @throws BadInput if another has it, naming process, machine and since when
     */
    static Lock take(Path root, Clock clock) throws IOException {
        Path file = root.resolve(FILE);
        ProcessLock lock = ProcessLock.tryTake(file).orElse(null);
        if (lock == null) {
            throw new BadInput("the lake " + root + " is being written by "
                    + ProcessLock.text(file).strip() + "; wait until it is done, stop it, or give another --lake");
        }
        try {
            lock.write(holder(clock));
            return new Lock(lock);
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    private static String holder(Clock clock) throws IOException {
        return "process " + ProcessHandle.current().pid() + " on "
                + InetAddress.getLocalHost().getHostName() + " since "
                + clock.instant().truncatedTo(ChronoUnit.SECONDS) + "\n";
    }

    /** Gives the right back. */
    @Override
    public void close() throws IOException {
        held.close();
    }
}
