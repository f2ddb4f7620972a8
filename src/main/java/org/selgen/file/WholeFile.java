package org.selgen.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import org.selgen.data.BadInput;
import org.selgen.data.IoReason;

/** Writes a file so that a reader sees all of it or none of it: into a neighbour first, then one rename. */
public final class WholeFile {
    /** Takes the bytes of a file, piece by piece. */
    @FunctionalInterface
    public interface Sink {
        /** Takes what is between the buffer's position and its limit; the position stays. */
        void put(ByteBuffer bytes) throws IOException;
    }

    /** Gives the bytes of a file, one piece after the other, so that they never need to be in memory together. */
    @FunctionalInterface
    public interface Content {
        void to(Sink sink) throws IOException;
    }

    private WholeFile() {}

    /**
     * Makes {@code path} hold the parts one after the other, replacing what was there. The parts' positions stay.
     *
     * @throws BadInput if the disk or the folder does not allow it; the old file is then still there
     */
    public static void write(Path path, List<ByteBuffer> parts) {
        write(path, sink -> {
            for (ByteBuffer part : parts) {
                sink.put(part);
            }
        });
    }

    /** The same with a content that is made while it is written. What it throws leaves the old file there. */
    public static void write(Path path, Content content) {
        Path part = path.resolveSibling("." + path.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            try {
                fill(part, content);
                Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new BadInput(
                    path + " cannot be written (" + IoReason.of(e)
                            + "); free some space or choose a folder you may write to",
                    e);
        }
    }

    private static void fill(Path part, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            content.to(bytes -> {
                ByteBuffer rest = bytes.duplicate();
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
            });
            channel.force(true);
        }
    }
}
