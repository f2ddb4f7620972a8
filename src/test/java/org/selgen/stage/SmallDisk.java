package org.selgen.stage;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file system of its own, small enough to be filled, in memory. Mounting one is root's right. */
final class SmallDisk implements AutoCloseable {
    private final Path folder;
    private long kilobytes;

    private SmallDisk(Path folder, long kilobytes) {
        this.folder = folder;
        this.kilobytes = kilobytes;
    }

    /** Mounted at a folder, which is made; skips the test, with the reason, where we may not mount. */
    static SmallDisk at(Path folder, long kilobytes) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        String[] mount = {"mount", "-t", "tmpfs", "-o", "size=" + kilobytes + "k", "none", folder.toString()};
        Process process = new ProcessBuilder(mount).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(process.waitFor() == 0, () -> "a small file system cannot be mounted here: " + said);
        return new SmallDisk(folder, kilobytes);
    }

    void grow(long more) throws IOException, InterruptedException {
        kilobytes += more;
        done(List.of("mount", "-o", "remount,size=" + kilobytes + "k", folder.toString()));
    }

    private static void done(List<String> command) throws IOException, InterruptedException {
        int ended = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (ended != 0) {
            throw new IOException(command + " ended with " + ended);
        }
    }

    /** Lazily: a write that failed may have left its file open. */
    @Override
    public void close() throws IOException, InterruptedException {
        done(List.of("umount", "--lazy", folder.toString()));
    }
}
