package org.selgen.lake;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.apache.spark.SparkEnv;
import org.selgen.data.LakeInUse;
import org.selgen.file.ProcessLock;

/**
 * The right to write a lake, of which there is one. In a folder the operating system takes it back when its process ends,
 * however that happens, so that a lock is never stale. Elsewhere it is a {@link Lease}. Readers need none: what they see is
 * complete.
 */
public final class Lock implements AutoCloseable {
    private static final String FILE = "lock";

    private final Closeable held;
    private final Fence fence;

    private Lock(Closeable held, Fence fence) {
        this.held = held;
        this.fence = fence;
    }

    /**
     * Takes it as soon as it is free; who waits at all looks twice at least.
     *
     * @param lost is told if another takes it over, which happens to who is silent for too long
     * @throws LakeInUse if it is not by the end of the wait
     */
    static Lock take(Storage root, Clock clock, LockWait wait, Consumer<LakeInUse> lost) throws IOException {
        Instant begun = clock.instant();
        for (boolean first = true; ; first = false) {
            try {
                return take(root, clock, lost);
            } catch (LakeInUse held) {
                boolean over = Duration.between(begun, clock.instant()).compareTo(wait.longest()) >= 0;
                if (over && (!first || wait.longest().isZero())) {
                    throw held;
                }
                if (first) {
                    wait.begins(root.uri(), held.holder());
                }
                wait.pause();
            }
        }
    }

    /** In whatever way the place allows. */
    private static Lock take(Storage root, Clock clock, Consumer<LakeInUse> lost) throws IOException {
        if (!(root instanceof HadoopStorage)) {
            return take(root.root(), clock);
        }
        LeaseTerms terms = LeaseTerms.of(SparkEnv.get().conf(), clock, lost);
        Lease lease = Lease.take(LeaseFolder.of(root.uri()), holder(clock), terms);
        return new Lock(lease, Fence.of(root.uri(), lease));
    }

    /**
     * Takes the right to write the lake in a folder, which is made if there is none, and leaves word of who has it.
     *
     * @throws LakeInUse if another has it, naming process, machine and since when
     */
    static Lock take(Path root, Clock clock) throws IOException {
        Files.createDirectories(root);
        Path file = root.resolve(FILE);
        ProcessLock lock = ProcessLock.tryTake(file).orElse(null);
        if (lock == null) {
            throw new LakeInUse(root.toString(), ProcessLock.text(file).strip(), "");
        }
        try {
            lock.write(holder(clock));
            return new Lock(lock, Fence.NONE);
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

    /** What a write passes that is made by this right. */
    Fence fence() {
        return fence;
    }

    /** Gives the right back. */
    @Override
    public void close() throws IOException {
        held.close();
    }
}
