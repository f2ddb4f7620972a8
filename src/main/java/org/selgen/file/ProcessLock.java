package org.selgen.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A locked file, which one holder at a time has. The operating system releases the lock when its process ends, however that
 * happens, so that a lock is never stale.
 *
 * <p>The locks of this process stand in a table: closing a second channel on a locked file would release the first one's lock.
 */
public final class ProcessLock implements Closeable {
    private static final Map<Path, ProcessLock> HELD = new HashMap<>();

    private final Path file;
    private final FileChannel channel;

    private ProcessLock(Path file) throws IOException {
        this.file = file;
        this.channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /**
     * The lock of a file in a folder that exists; waits while another thread or process holds it.
     *
     * @param waiting called once if there is something to wait for
     */
    public static ProcessLock take(Path file, Runnable waiting) throws IOException {
        boolean waits = false;
        ProcessLock lock;
        synchronized (HELD) {
            for (lock = entered(file); lock == null; lock = entered(file)) {
                if (!waits) {
                    waiting.run();
                }
                waits = true;
                awaitChange();
            }
        }
        try {
            if (lock.channel.tryLock() == null) {
                if (!waits) {
                    waiting.run();
                }
                lock.channel.lock();
            }
            return lock;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** The lock of a file in a folder that exists; empty while another thread or process holds it. */
    public static Optional<ProcessLock> tryTake(Path file) throws IOException {
        ProcessLock lock;
        synchronized (HELD) {
            lock = entered(file);
        }
        if (lock == null) {
            return Optional.empty();
        }
        boolean taken = false;
        try {
            taken = lock.channel.tryLock() != null;
            return taken ? Optional.of(lock) : Optional.empty();
        } finally {
            if (!taken) {
                lock.close();
            }
        }
    }

    /** The lock in the table; absent if it is there already. */
    private static @Nullable ProcessLock entered(Path file) throws IOException {
        Path key = file.toAbsolutePath().normalize();
        if (HELD.containsKey(key)) {
            return null;
        }
        ProcessLock lock = new ProcessLock(key);
        HELD.put(key, lock);
        return lock;
    }

    private static void awaitChange() throws InterruptedIOException {
        try {
            HELD.wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while waiting for a lock");
        }
    }

    /** The text in a lock's file, whoever holds it. */
    public static String text(Path file) throws IOException {
        synchronized (HELD) {
            ProcessLock lock = HELD.get(file.toAbsolutePath().normalize());
            if (lock == null) {
                return Files.readString(file);
            }
            return new String(Channels.newInputStream(lock.channel.position(0)).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Makes the text all that the lock's file holds. */
    public void write(String text) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
    }

    @Override
    public void close() throws IOException {
        synchronized (HELD) { // who reads the text does so through this channel
            try {
                channel.close();
            } finally {
                HELD.remove(file);
                HELD.notifyAll();
            }
        }
    }
}
