package org.selgen.file;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;

/** A zip file whose bytes depend on the names, the contents and the order of its entries alone. */
public final class Archive {
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0); // the first that a zip can say

    private final ZipOutputStream zip;

    private Archive(OutputStream out) {
        this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    }

    /** Puts entries into an archive. */
    @FunctionalInterface
    public interface Filling {
        void into(Archive archive) throws IOException;
    }

    /** Makes {@code path} hold an archive; a reader sees all of it or none. Entries go to the disk one after the other. */
    public static void write(Path path, Filling filling) {
        WholeFile.write(path, sink -> {
            OutputStream out = new BufferedOutputStream(new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    sink.put(ByteBuffer.wrap(bytes, from, length));
                }
            });
            Archive archive = new Archive(out);
            filling.into(archive);
            archive.zip.finish();
            out.flush();
        });
    }

    /**
     * Adds a text.
     *
     * @return the SHA-256 of its bytes, 64 hexadecimal digits
     */
    public String put(String name, String text) throws IOException {
        return put(name, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The same of a file. */
    public String put(String name, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return put(name, in);
        }
    }

    private String put(String name, InputStream in) throws IOException {
        MessageDigest digest = DigestUtils.getSha256Digest();
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        zip.putNextEntry(entry);
        new DigestInputStream(in, digest).transferTo(zip);
        zip.closeEntry();
        return Hex.encodeHexString(digest.digest());
    }
}
