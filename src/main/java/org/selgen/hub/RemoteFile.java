package org.selgen.hub;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A file as the Hub lists it.
 *
 * @param name in the repository
 * @param bytes its length
 * @param checksum of its content, and its name among the cache's blobs: SHA-256 (64 digits) of a large file, and for a
 *     small one the SHA-1 (40 digits) that git gives a blob
 */
record RemoteFile(String name, long bytes, String checksum) {
    private static final int BUFFER = 1 << 20;

    /** Whether a file on disk has this length and checksum. */
    boolean is(Path file) throws IOException {
        return Files.isRegularFile(file)
                && Files.size(file) == bytes
                && checksum(file, checksum.length()).equals(checksum);
    }

    /**
     * The checksum of a file on disk.
     *
     * @param digits 64 for SHA-256, 40 for that of a git blob
     */
    static String checksum(Path file, int digits) throws IOException {
        MessageDigest digest = digits == 64 ? DigestUtils.getSha256Digest() : DigestUtils.getSha1Digest();
        if (digits != 64) {
            DigestUtils.updateDigest(digest, "blob " + Files.size(file) + "\0");
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            return Hex.encodeHexString(DigestUtils.updateDigest(digest, in).digest());
        }
    }
}
