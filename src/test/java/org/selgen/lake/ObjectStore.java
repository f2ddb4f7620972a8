package org.selgen.lake;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PositionedReadable;
import org.apache.hadoop.fs.Seekable;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * An emulator of an object store as Hadoop's S3A shows one without conditional writes: an object is there when its stream is
 * closed, of two the one closed last stays, even where neither was to overwrite; there are no folders; listings are complete;
 * each call takes its time. No test of the real service.
 */
final class ObjectStore extends FileSystem {
    private record Stored(byte[] bytes, long millis) {}

    private static final long NANOS = 200_000;

    private final Map<Path, Stored> objects = new ConcurrentHashMap<>();

    ObjectStore() {
        setConf(new org.apache.hadoop.conf.Configuration(false));
    }

    @Override
    public URI getUri() {
        return URI.create("objects://bucket");
    }

    @Override
    public FSDataInputStream open(Path path, int buffer) throws IOException {
        return new FSDataInputStream(new Bytes(stored(path).bytes));
    }

    @Override
    public FSDataOutputStream create(
            Path path,
            FsPermission permission,
            boolean overwrite,
            int buffer,
            short replication,
            long block,
            Progressable progress)
            throws IOException {
        if (!overwrite && objects.containsKey(path)) {
            throw new FileAlreadyExistsException(path.toString());
        }
        return new FSDataOutputStream(
                new ByteArrayOutputStream() {
                    @Override
                    public void close() {
                        travel();
                        objects.put(path, new Stored(toByteArray(), System.currentTimeMillis()));
                    }
                },
                null);
    }

    @Override
    public FSDataOutputStream append(Path path, int buffer, Progressable progress) {
        throw new UnsupportedOperationException("objects cannot be appended to");
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        objects.put(to, stored(from));
        return objects.remove(from) != null;
    }

    @Override
    public boolean delete(Path path, boolean recursive) {
        return objects.remove(path) != null;
    }

    @Override
    public FileStatus[] listStatus(Path folder) throws IOException {
        travel();
        FileStatus[] files = objects.entrySet().stream()
                .filter(object -> folder.equals(object.getKey().getParent()))
                .map(object -> status(object.getKey(), object.getValue()))
                .toArray(FileStatus[]::new);
        if (files.length == 0) {
            throw new FileNotFoundException(folder.toString());
        }
        return files;
    }

    @Override
    public void setWorkingDirectory(Path folder) {}

    @Override
    public Path getWorkingDirectory() {
        return new Path(getUri());
    }

    @Override
    public boolean mkdirs(Path folder, FsPermission permission) {
        return true;
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        return status(path, stored(path));
    }

    private static void travel() {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(NANOS));
    }

    private Stored stored(Path path) throws FileNotFoundException {
        Stored stored = objects.get(path);
        if (stored == null) {
            throw new FileNotFoundException(path.toString());
        }
        return stored;
    }

    private static FileStatus status(Path path, Stored stored) {
        return new FileStatus(stored.bytes.length, false, 1, 1, stored.millis, path);
    }

    private static final class Bytes extends ByteArrayInputStream implements Seekable, PositionedReadable {
        Bytes(byte[] bytes) {
            super(bytes);
        }

        @Override
        public void seek(long to) {
            pos = (int) to;
        }

        @Override
        public long getPos() {
            return pos;
        }

        @Override
        public boolean seekToNewSource(long to) {
            return false;
        }

        @Override
        public int read(long from, byte[] into, int offset, int length) {
            return new ByteArrayInputStream(buf, (int) from, buf.length).read(into, offset, length);
        }

        @Override
        public void readFully(long from, byte[] into, int offset, int length) {
            read(from, into, offset, length);
        }

        @Override
        public void readFully(long from, byte[] into) {
            read(from, into, 0, into.length);
        }
    }
}
