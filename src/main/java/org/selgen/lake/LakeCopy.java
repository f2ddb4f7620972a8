package org.selgen.lake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.selgen.data.BadInput;

/**
 * A copy of a whole lake, file by file, between any two places that Hadoop knows. Who has the lock of the lake that is copied
 * knows that its tables stand at one version. The file {@value LakeVersion#FILE} is written last: what was not copied to its
 * end is no lake yet, and is copied again.
 */
public final class LakeCopy {
    private static final String UNFINISHED = "unfinished-copy";
    private static final Set<String> OWN = Set.of(LakeVersion.FILE, "lock", "lease", UNFINISHED, Journal.FOLDER);

    private final FileSystem source;
    private final FileSystem target;
    private final List<Copied> copied = new ArrayList<>();

    private record Copied(Path to, long bytes, long sum) {}

    /** How many files were copied, and of how many bytes all together. */
    public record Result(int files, long bytes) {}

    private LakeCopy(FileSystem source, FileSystem target) {
        this.source = source;
        this.target = target;
    }

    /**
     * Copies a lake, then reads the copy and compares check sums.
     *
     * @param to a place where nothing is, or an unfinished copy of the same lake
     * @throws BadInput if something else is there
     * @throws IOException if a file reads otherwise than it was written
     */
    public static Result of(Lake lake, Storage to) throws IOException {
        String from = lake.storage().uri();
        Optional<String> unfinished = to.at(UNFINISHED).text();
        if (!to.names().isEmpty() && !unfinished.equals(Optional.of(from))) {
            throw new BadInput(
                    to.uri() + " is not empty, and a lake is only copied to where nothing is; name another place");
        }
        if (to.uri().startsWith(from + "/")) {
            throw new BadInput(to.uri() + " lies in the lake " + from + " itself; name a place outside of it");
        }
        to.at(UNFINISHED).write(from);
        LakeCopy copy = new LakeCopy(files(lake.storage()), files(to));
        copy.folder(new Path(from), new Path(to.uri()), true);
        LakeCopy journals = journals(lake, to);
        long bytes = copy.verify() + journals.verify();
        to.at(LakeVersion.FILE).write(LakeVersion.of(lake.storage()) + "\n");
        to.at(UNFINISHED).delete();
        return new Result(copy.copied.size() + journals.copied.size(), bytes);
    }

    /** Of a remote lake too they lie on this machine. */
    private static LakeCopy journals(Lake lake, Storage to) throws IOException {
        Storage there = Storage.of(Journal.folder(lake).toString());
        LakeCopy copy = new LakeCopy(files(there), files(there));
        if (there.exists()) {
            String target = to.root().resolve(Journal.FOLDER).toString();
            copy.folder(new Path(there.uri()), new Path(target), false);
        }
        return copy;
    }

    /** Without files of check sums beside each file, which only this machine's would have. */
    private static FileSystem files(Storage place) throws IOException {
        FileSystem files = new Path(place.uri()).getFileSystem(place.hadoop());
        return files instanceof LocalFileSystem local ? local.getRaw() : files;
    }

    private void folder(Path from, Path to, boolean top) throws IOException {
        target.mkdirs(to);
        FileStatus[] all = source.listStatus(from);
        Arrays.sort(all);
        for (FileStatus each : all) {
            String name = each.getPath().getName();
            if ((top && OWN.contains(name)) || name.endsWith(".crc")) {
                continue;
            }
            if (each.isDirectory()) {
                folder(each.getPath(), new Path(to, name), false);
            } else {
                file(each, new Path(to, name));
            }
        }
    }

    private void file(FileStatus from, Path to) throws IOException {
        CRC32C sum = new CRC32C();
        long bytes;
        try (InputStream in = new CheckedInputStream(source.open(from.getPath()), sum);
                OutputStream out = target.create(to, true)) {
            bytes = in.transferTo(out);
        }
        if (bytes != from.getLen()) {
            throw new IOException(from.getPath() + " changed while it was copied");
        }
        copied.add(new Copied(to, bytes, sum.getValue()));
    }

    private long verify() throws IOException {
        long bytes = 0;
        for (Copied each : copied) {
            CRC32C sum = new CRC32C();
            try (InputStream in = new CheckedInputStream(target.open(each.to()), sum)) {
                long read = in.transferTo(OutputStream.nullOutputStream());
                if (read != each.bytes() || sum.getValue() != each.sum()) {
                    throw new IOException(
                            each.to() + " does not read as it was written; is its disk or network broken?");
                }
            }
            bytes += each.bytes();
        }
        return bytes;
    }
}
