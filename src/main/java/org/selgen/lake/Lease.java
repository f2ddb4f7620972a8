package org.selgen.lake;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.UUID;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.selgen.data.LakeInUse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write a lake where no operating system keeps locks: a file that only one process can make, written anew every
 * {@value #RENEW_SECONDS} seconds. One that is older than {@value #STALE_SECONDS} seconds was left by a process that is gone,
 * and is taken over; so the machines' clocks must agree to within that. Where a file system cannot refuse to make a file that
 * is there (S3), two processes that begin at the same moment may both believe they have it.
 */
final class Lease implements Closeable {
    static final int RENEW_SECONDS = 10;
    static final int STALE_SECONDS = 60;
    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

    private final HadoopStorage file;
    private final String text;
    private final Timer timer = new Timer("lease", true);

    private Lease(HadoopStorage file, String text) {
        this.file = file;
        this.text = text;
    }

    /** @throws LakeInUse if another has it, naming process, machine and since when */
    static Lease take(HadoopStorage file, String holder, Clock clock) throws IOException {
        FileSystem files = file.files();
        Path path = new Path(file.uri());
        Optional<String> other = file.text();
        if (other.isPresent()) {
            Duration age = age(files, path, clock);
            if (age.toSeconds() < STALE_SECONDS) {
                throw taken(file, other.get());
            }
            LOG.info(
                    "taking over from {}, silent for {} s",
                    other.get().lines().findFirst().orElse(""),
                    age.toSeconds());
            file.delete();
        }
        Lease lease = new Lease(file, holder.strip() + "\n" + UUID.randomUUID() + "\n");
        try (OutputStream out = files.create(path, false)) {
            out.write(lease.text.getBytes(StandardCharsets.UTF_8));
        } catch (FileAlreadyExistsException e) {
            throw taken(file, file.text().orElse("another process"));
        }
        if (!file.text().equals(Optional.of(lease.text))) {
            throw taken(file, file.text().orElse("another process"));
        }
        lease.renew();
        return lease;
    }

    private static Duration age(FileSystem files, Path path, Clock clock) throws IOException {
        try {
            return Duration.ofMillis(clock.millis() - files.getFileStatus(path).getModificationTime());
        } catch (FileNotFoundException e) {
            return Duration.ZERO; // given back since we looked: free to who looks next
        }
    }

    private static LakeInUse taken(HadoopStorage file, String holder) {
        return new LakeInUse(
                file.uri().replaceAll("/[^/]*$", ""),
                holder.lines().findFirst().orElse(""),
                " (a killed one's right ends after " + STALE_SECONDS + " s)");
    }

    private void renew() {
        long millis = RENEW_SECONDS * 1000L;
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        try (OutputStream out = file.files().create(new Path(file.uri()), true)) {
                            out.write(text.getBytes(StandardCharsets.UTF_8));
                        } catch (IOException e) {
                            LOG.warn("the right to write {} could not be renewed", file.uri(), e);
                        }
                    }
                },
                millis,
                millis);
    }

    @Override
    public void close() throws IOException {
        timer.cancel();
        if (file.text().equals(Optional.of(text))) {
            file.delete();
        }
    }
}
