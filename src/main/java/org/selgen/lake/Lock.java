package org.selgen.lake;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;

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
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (attempt(channel) == null) {
                throw new BadInput("the lake " + root + " is being written by "
                        + Files.readString(file).strip() + "; wait until it is done, stop it, or give another --lake");
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(holder(clock).getBytes(StandardCharsets.UTF_8)), 0);
            return new Lock(channel);
        } catch (BadInput | IOException e) {
            channel.close();
            throw e;
        }
    }

    private static String holder(Clock clock) throws IOException {
        return "process " + ProcessHandle.current().pid() + " on "
                + InetAddress.getLocalHost().getHostName() + " since "
                + clock.instant().truncatedTo(ChronoUnit.SECONDS) + "\n";
    }

    private static @Nullable FileLock attempt(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) { // held in this very process
            return null;
        }
    }

    /** Gives the right back. */
    @Override
    public void close() throws IOException {
        held.close();
    }
}
