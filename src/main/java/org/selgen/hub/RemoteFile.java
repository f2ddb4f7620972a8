package org.selgen.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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
        MessageDigest digest = digest(digits == 64 ? "SHA-256" : "SHA-1");
        if (digits != 64) {
            digest.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.US_ASCII));
        }
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
