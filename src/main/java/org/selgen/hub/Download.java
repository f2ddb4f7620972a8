package org.selgen.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.selgen.http.RetryPolicy;

/**
 * Brings one file under its final name, complete and with the right checksum, or not at all. What came of it before a
 * fault stays beside it as {@code <checksum>.selgen.incomplete} and is gone on from.
 */
final class Download {
    private static final int BUFFER = 1 << 16;
    private static final long PROGRESS = 1 << 20;

    private final HubClient client;
    private final HubRetries retries;
    private final ModelId id;
    private final String commit;

    Download(HubClient client, HubRetries retries, ModelId id, String commit) {
        this.client = client;
        this.retries = retries;
        this.id = id;
        this.commit = commit;
    }

    /** Where an unfinished blob is kept; a name that no other tool uses. */
    static Path part(Path blob) {
        return blob.resolveSibling(blob.getFileName() + ".selgen.incomplete");
    }

    /** Bytes of the file that are still to come. */
    static long missing(RemoteFile file, Path blob) throws IOException {
        if (Files.exists(blob)) {
            return 0;
        }
        Path part = part(blob);
        return Files.exists(part) ? Math.max(0, file.bytes() - Files.size(part)) : file.bytes();
    }

    /** Makes {@code blob} the file. */
    void to(Path blob, RemoteFile file) throws IOException {
        if (file.is(blob)) {
            return;
        }
        Path part = part(blob);
        RetryPolicy.Attempts attempts = retries.attempts(id);
        while (true) {
            long before = Files.exists(part) ? Files.size(part) : 0;
            try {
                attempt(file, part, before);
                Files.move(part, blob, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return;
            } catch (TransientException failure) {
                if (Files.exists(part) && Files.size(part) >= before + PROGRESS) {
                    attempts.progressed();
                }
                retries.failed(attempts, failure);
            }
        }
    }

    private void attempt(RemoteFile file, Path part, long before) throws TransientException, IOException {
        try (FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (before > file.bytes()) {
                out.truncate(0);
            } else if (before < file.bytes()) {
                fill(file, out, before);
            }
            out.force(true);
        }
        long got = Files.size(part);
        if (got < file.bytes()) {
            throw new TransientException(named(file) + " was cut at byte " + got + " of " + file.bytes());
        }
        if (!file.is(part)) {
            Files.delete(part);
            throw new TransientException(named(file) + " came with a wrong checksum");
        }
    }

    private void fill(RemoteFile file, FileChannel out, long before) throws TransientException, IOException {
        try (HttpReply reply = client.file(id, commit, file, before)) {
            boolean part =
                    reply.status() == 206 && reply.header("Content-Range").startsWith("bytes " + before + "-");
            if (!part && reply.status() != 200) {
                out.truncate(0);
                throw new TransientException(named(file) + " came not from byte " + before + " on, as asked");
            }
            long at = part ? before : 0;
            out.truncate(at).position(at);
            InputStream body = body(reply, file);
            byte[] buffer = new byte[BUFFER];
            for (int n = read(body, buffer, file); n >= 0; n = read(body, buffer, file)) {
                at += n;
                if (at > file.bytes()) {
                    out.truncate(0);
                    throw new TransientException(
                            named(file) + " has more than the " + file.bytes() + " bytes that the Hub lists");
                }
                write(out, ByteBuffer.wrap(buffer, 0, n));
            }
        }
    }

    private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private InputStream body(HttpReply reply, RemoteFile file) throws TransientException {
        try {
            return reply.body();
        } catch (IOException e) {
            throw new TransientException(named(file) + " was cut (" + e.getMessage() + ")", e);
        }
    }

    /** Reads; what fails here is the network, what fails elsewhere the disk. */
    private int read(InputStream body, byte[] buffer, RemoteFile file) throws TransientException {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            throw new TransientException(named(file) + " was cut (" + e.getMessage() + ")", e);
        }
    }

    private String named(RemoteFile file) {
        return "file " + file.name() + " of model '" + id + "'";
    }
}
