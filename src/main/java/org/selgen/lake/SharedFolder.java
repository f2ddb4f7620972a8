package org.selgen.lake;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.selgen.data.BadInput;

/** A path that this machine, and every other of the cluster, sees. */
record SharedFolder(String uri) implements Storage {
    private Path path() {
        return Path.of(uri);
    }

    /** Itself: who has locked it has it until its process ends. */
    @Override
    public Storage behind(Fence fence) {
        return this;
    }

    @Override
    public Fence fence() {
        return Fence.NONE;
    }

    @Override
    public Configuration hadoop() {
        return new Configuration();
    }

    @Override
    public boolean exists() {
        return Files.exists(path());
    }

    @Override
    public DiskUse use() throws IOException {
        DiskUse use = DiskUse.NONE;
        if (exists()) {
            try (Stream<Path> all = Files.walk(path())) {
                for (Path each : all.filter(Files::isRegularFile).toList()) {
                    use = use.plus(
                            Files.size(each), Files.getLastModifiedTime(each).toMillis());
                }
            }
        }
        return use;
    }

    @Override
    public List<String> names() throws IOException {
        if (!Files.isDirectory(path())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Override
    public Optional<String> text() throws IOException {
        return exists() ? Optional.of(Files.readString(path())) : Optional.empty();
    }

    @Override
    public void write(String text) throws IOException {
        Files.createDirectories(path().getParent());
        Path draft = staging();
        Files.writeString(draft, text);
        Files.move(draft, path(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void renameTo(Storage other) throws IOException {
        Files.move(path(), Path.of(other.uri()), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete() throws IOException {
        if (!exists()) {
            return;
        }
        try (Stream<Path> all = Files.walk(path())) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    @Override
    public Path root() {
        return path();
    }

    /** Does not look at the fingerprint: nothing was sent. */
    @Override
    public Path localCopy(String hash) throws IOException {
        if (!Files.isDirectory(path())) {
            throw new BadInput("there is no folder " + uri + " on "
                    + InetAddress.getLocalHost().getHostName()
                    + "; it must be one that all machines see: put it there, or use a lake on a shared file system");
        }
        return path();
    }

    @Override
    public Path staging() {
        return path().resolveSibling("_" + path().getFileName() + "-" + UUID.randomUUID());
    }

    @Override
    public void put(Path draft) throws IOException {
        delete();
        Files.move(draft, path(), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void send(Path folder) throws IOException {
        Path draft = staging();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.toList()) {
                Files.copy(each, draft.resolve(folder.relativize(each).toString()));
            }
        }
        put(draft);
    }

    @Override
    public Path open() {
        return path();
    }

    @Override
    public void save(Path work) {}

    @Override
    public void release(Path work) {}
}
