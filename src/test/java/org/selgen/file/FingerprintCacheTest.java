package org.selgen.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintCacheTest {
    private static final long BYTES = 9L << 20;
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    @TempDir
    Path folder;

    private Path weights;
    private FingerprintCache cache;

    @BeforeEach
    void write() throws IOException {
        weights = Files.createDirectory(folder.resolve("model")).resolve("weights");
        cache = new FingerprintCache(folder.resolve("kept"));
        change(1);
    }

    /** The same size and the same time of change of its content. */
    private void change(int first) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(weights.toFile(), "rw")) {
            file.setLength(BYTES);
            file.write(first);
        }
        Files.setLastModifiedTime(weights, LONG_AGO);
    }

    private String fingerprint() throws IOException {
        return Fingerprint.ofFiles(List.of(weights), cache);
    }

    @Test
    void whereNothingCanBeKeptTheFileIsReadEachTime() throws IOException {
        String read = fingerprint();
        Path file = Files.createFile(folder.resolve("file"));
        cache = new FingerprintCache(file.resolve("below"));
        assertEquals(read, fingerprint());
    }

    @Test
    void aLargeFileIsReadOnceAMachine() throws IOException {
        String read = fingerprint();
        Path kept = onlyKept();
        assertEquals(read, Files.readString(kept));
        Files.writeString(kept, "0123456789ab");
        assertEquals("0123456789ab", fingerprint(), "what is kept is taken without reading the file");
    }

    @Test
    void aChangeThatLeavesSizeAndTimeIsSeen() throws IOException {
        String before = fingerprint();
        change(2);
        assertNotEquals(before, fingerprint());
    }

    @Test
    void whatIsNoFingerprintIsReadAgain() throws IOException {
        String read = fingerprint();
        Files.writeString(onlyKept(), "half");
        assertEquals(read, fingerprint());
    }

    @Test
    void ofAFileThatHasJustChangedNothingIsKept() throws IOException {
        Files.setLastModifiedTime(weights, FileTime.from(Instant.now()));
        fingerprint();
        assertTrue(Files.notExists(folder.resolve("kept")));
    }

    private Path onlyKept() throws IOException {
        try (var files = Files.list(folder.resolve("kept"))) {
            return files.reduce((a, b) -> {
                        throw new AssertionError("two are kept");
                    })
                    .orElseThrow();
        }
    }
}
