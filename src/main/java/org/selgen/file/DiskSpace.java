package org.selgen.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Room on the disk of a folder, which need not be there yet. */
public final class DiskSpace {
    private DiskSpace() {}

    /** Bytes that may be written where the folder is, or will be. */
    public static long free(Path folder) throws IOException {
        Path there = folder.toAbsolutePath();
        while (!Files.exists(there)) {
            there = Objects.requireNonNull(there.getParent(), "no root");
        }
        return Files.getFileStore(there).getUsableSpace();
    }
}
