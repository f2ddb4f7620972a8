package org.selgen.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Remembers fingerprints of large files from process to process: reading a model of 16 GB to name it takes longer than many
 * a verb. What tells that files are the same is what Git's index takes: path, size, inode, and times of change to the
 * nanosecond, of the content and of the entry, which no copy or {@code touch} can set back.
 *
 * @param folder where the fingerprints lie, a file each; made by the first
 */
record FingerprintCache(Path folder) {
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{12}");
    private static final long SETTLED = TimeUnit.SECONDS.toMillis(2); // no clock of a file system is coarser

    /** What tells a file from what it was before. */
    static String stamp(Path file) throws IOException {
        return file.toAbsolutePath() + " " + Files.getAttribute(file, "unix:size") + " "
                + Files.getAttribute(file, "unix:ino") + " "
                + Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS) + " "
                + Files.getAttribute(file, "unix:ctime");
    }

    Optional<String> of(List<String> stamps) throws IOException {
        Path kept = at(stamps);
        return Files.exists(kept)
                ? Optional.of(Files.readString(kept)).filter(FINGERPRINT.asMatchPredicate())
                : Optional.empty();
    }

    /** Keeps it, unless a file changed so lately that a change to come could leave the same stamp. */
    void keep(List<String> stamps, List<Path> files, String fingerprint) throws IOException {
        long now = System.currentTimeMillis();
        for (Path file : files) {
            if (now - Files.getLastModifiedTime(file).toMillis() < SETTLED) {
                return;
            }
        }
        Files.createDirectories(folder);
        WholeFile.write(at(stamps), List.of(ByteBuffer.wrap(fingerprint.getBytes(StandardCharsets.US_ASCII))));
    }

    private Path at(List<String> stamps) {
        return folder.resolve(DigestUtils.sha256Hex(String.join("\n", stamps)));
    }
}
