package org.selgen.lake;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.selgen.data.LakeInUse;

/**
 * The folder of a lake that tells who may write it, where no operating system keeps locks.
 * <pre>
 *   want-ID     this process asks for the right; there for a moment
 *   EPOCH-ID    this process has it, or had it: of several only the highest counts
 * </pre>
 * ID is the process's own, so that no two write one file.
 *
 * @param files the file system; what was written to it must be in every later listing
 * @param path of the folder
 */
record LeaseFolder(FileSystem files, Path path) {
    /** How long a holder may be silent before another takes over, where it has not left word of it. */
    static final Duration SILENCE = Duration.ofSeconds(60);

    private static final String NAME = "lease";
    private static final String WANT = "want-";
    private static final Pattern HELD = Pattern.compile("(\\d{12})-.+");
    private static final String RELEASED = "given back";
    private static final Pattern PATIENCE = Pattern.compile("silent for at most (\\d{1,12}) ms");

    /** A file of the folder; the epoch of one that only asks is 0. */
    record Entry(String name, long epoch, long millis) {
        boolean silent(Duration longest, Clock clock) {
            return clock.millis() - millis > longest.toMillis();
        }
    }

    /** Of a lake's URI. */
    static LeaseFolder of(String lake) throws IOException {
        Path path = new Path(lake, NAME);
        return new LeaseFolder(
                path.getFileSystem(
                        SparkHadoopUtil.get().newConfiguration(SparkEnv.get().conf())),
                path);
    }

    static String want(String id) {
        return WANT + id;
    }

    static String held(long epoch, String id) {
        return "%012d-%s".formatted(epoch, id);
    }

    String lake() {
        return path.getParent().toString();
    }

    List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (FileStatus file : list()) {
            String name = file.getPath().getName();
            Matcher held = HELD.matcher(name);
            if (name.startsWith(WANT) || held.matches()) {
                entries.add(new Entry(
                        name, held.matches() ? Long.parseLong(held.group(1)) : 0, file.getModificationTime()));
            }
        }
        return entries;
    }

    private FileStatus[] list() throws IOException {
        try {
            return files.listStatus(path);
        } catch (FileNotFoundException e) {
            return new FileStatus[0];
        }
    }

    /** Of who has the right or had it last. */
    static Optional<Entry> newest(List<Entry> entries) {
        return entries.stream().filter(entry -> entry.epoch() > 0).max(Comparator.comparing(Entry::name));
    }

    /** @throws LakeInUse if the last to whom the right was given has it still */
    void requireFree(List<Entry> entries, Clock clock) throws IOException {
        Optional<Entry> last = newest(entries);
        if (last.isPresent()) {
            String text = text(last.get().name());
            Matcher patience = PATIENCE.matcher(text);
            Duration longest = patience.find() ? Duration.ofMillis(Long.parseLong(patience.group(1))) : SILENCE;
            if (!text.startsWith(RELEASED) && !last.get().silent(longest, clock)) {
                throw inUse(text, longest);
            }
        }
        requireNoOlder(clock);
    }

    /** An older selgen kept one file beside the folder, and knows no epochs. */
    private void requireNoOlder(Clock clock) throws IOException {
        Path older = new Path(path.getParent(), "lock");
        try {
            long millis = files.getFileStatus(older).getModificationTime();
            if (!new Entry("", 0, millis).silent(SILENCE, clock)) {
                throw inUse(text(older), SILENCE);
            }
        } catch (FileNotFoundException none) {
            // as it should be
        }
    }

    /** Refuses because of an entry. */
    LakeInUse inUse(Entry other) throws IOException {
        return inUse(text(other.name()), SILENCE);
    }

    private LakeInUse inUse(String text, Duration longest) {
        return new LakeInUse(lake(), holder(text), " (a killed one's right ends after " + longest.toSeconds() + " s)");
    }

    /** @throws LakeInUse if the right was given to another after the taking of this epoch */
    void requireNewest(long epoch) throws IOException {
        Optional<Entry> last = newest(entries());
        if (last.isPresent() && last.get().epoch() > epoch) {
            throw LakeInUse.takenOver(lake(), holder(text(last.get().name())));
        }
    }

    private static String holder(String text) {
        return text.lines().filter(line -> !line.equals(RELEASED)).findFirst().orElse("");
    }

    /** Who it is, how long it may be silent. */
    static String heldBy(String holder, Duration silence) {
        return holder.strip() + "\nsilent for at most " + silence.toMillis() + " ms\n";
    }

    static String released(String text) {
        return RELEASED + "\n" + text;
    }

    void write(String name, String text) throws IOException {
        try (OutputStream out = files.create(new Path(path, name), true)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    void delete(String name) throws IOException {
        files.delete(new Path(path, name), false);
    }

    /** Nothing where there is none to read. */
    private String text(String name) throws IOException {
        return text(new Path(path, name));
    }

    private String text(Path file) throws IOException {
        try (var in = files.open(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (FileNotFoundException | ChecksumException e) {
            return ""; // gone, or being written anew
        }
    }
}
