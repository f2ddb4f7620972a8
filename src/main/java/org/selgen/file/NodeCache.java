package org.selgen.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * This machine's own folder of what it has to fetch once: the engine's native libraries, and models and adapters of a lake
 * that is no folder here. It is the environment variable {@code SELGEN_CACHE}, or {@code .cache/selgen} in the user's home,
 * or {@code selgen-USER} among the temporary files where there is no such home, as in a container.
 */
public final class NodeCache {
    private NodeCache() {}

    /** The folder; made where it is missing. */
    public static Path folder() {
        String given = System.getenv("SELGEN_CACHE");
        Path home = Path.of(System.getProperty("user.home", "/"));
        String user = System.getProperty("user.name", "user");
        Path folder = given != null && !given.isEmpty()
                ? Path.of(given)
                : Files.isWritable(home)
                        ? home.resolve(".cache/selgen")
                        : Path.of(System.getProperty("java.io.tmpdir"), "selgen-" + user);
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the cache " + folder + " cannot be made; set SELGEN_CACHE to a folder that may be written", e);
        }
    }

    /**
     * Does something that makes DJL unpack a native library: here, unless DJL's own variable says where, and one process at a
     * time. DJL unpacks beside and renames, and the zip's checksums hold, so that what is there is whole.
     */
    public static <T> T unpacking(Callable<T> load) {
        if (System.getenv("DJL_CACHE_DIR") == null && System.getProperty("DJL_CACHE_DIR") == null) {
            System.setProperty("DJL_CACHE_DIR", folder().resolve("djl").toString());
        }
        try {
            return alone("libraries", load);
        } catch (IOException e) {
            throw new UncheckedIOException("the native libraries cannot be unpacked", e);
        }
    }

    /**
     * Does something that only one process of this machine may do at a time; the others wait. The operating system takes the
     * lock back when a process ends, however that happens.
     *
     * @param name what it is about; others may go on meanwhile
     */
    public static <T> T alone(String name, Callable<T> work) throws IOException {
        Path file = folder().resolve(name + ".lock");
        try (ProcessLock held = ProcessLock.take(file, () -> {})) {
            return work.call();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
