package org.selgen.hub;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to fetch one model, of which there is one on this machine. The operating system takes it back when its process
 * ends, however that happens.
 */
final class ModelLock implements AutoCloseable {
    private static final long LOOK_AGAIN_MILLIS = 200;

    /** Held in this process: closing a second channel on a locked file would give the first one's lock away. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private ModelLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Waits for the right.
     *
     * @param waiting is run once if another has it
     */
    static ModelLock take(Path file, Runnable waiting) throws IOException {
        Files.createDirectories(file.getParent());
        Path key = file.toAbsolutePath().normalize();
        boolean told = false;
        while (!HELD.add(key)) {
            told = tell(told, waiting);
        }
        try {
            FileChannel channel = FileChannel.open(key, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            for (FileLock lock = channel.tryLock(); lock == null; lock = channel.tryLock()) {
                told = tell(told, waiting);
            }
            return new ModelLock(key, channel);
        } catch (IOException | RuntimeException e) {
            HELD.remove(key);
            throw e;
        }
    }

    private static boolean tell(boolean told, Runnable waiting) {
        if (!told) {
            waiting.run();
        }
        RetryPolicy.sleep(LOOK_AGAIN_MILLIS);
        return true;
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            HELD.remove(file);
        }
    }
}
