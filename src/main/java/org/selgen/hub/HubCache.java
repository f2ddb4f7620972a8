package org.selgen.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.selgen.data.BadInput;

/**
 * The folder in which all tools of the Hub keep models.
 * <pre>
 *   models--org--name / refs / main                         the commit's hash
 *                     / snapshots / commit / config.json    a link to the blob
 *                     / blobs / checksum                    the bytes
 * </pre>
 * Source: Hugging Face, "Hub Local Cache".
 */
record HubCache(Path root) {
    Path home(ModelId id) {
        return root.resolve(id.folder());
    }

    Path blob(ModelId id, RemoteFile file) {
        return home(id).resolve("blobs").resolve(file.checksum());
    }

    /** The folder of a model that is whole; empty if it is not there or lacks files. */
    Optional<Path> whole(ModelId id) throws IOException {
        Optional<Path> snapshot = snapshot(id);
        return snapshot.isPresent() && WeightFileNames.whole(names(snapshot.get())) ? snapshot : Optional.empty();
    }

    /** The folder of a model, whole or not. */
    Optional<Path> snapshot(ModelId id) throws IOException {
        Optional<String> commit = ModelId.commit(id.revision()) ? Optional.of(id.revision()) : commit(id);
        return commit.map(hash -> home(id).resolve("snapshots").resolve(hash)).filter(Files::isDirectory);
    }

    private Optional<String> commit(ModelId id) throws IOException {
        Path ref = home(id).resolve("refs").resolve(id.revision());
        if (!Files.isRegularFile(ref)) {
            return Optional.empty();
        }
        try (var in = Files.newInputStream(ref)) {
            String hash = new String(in.readNBytes(100), StandardCharsets.UTF_8).strip();
            if (!ModelId.commit(hash)) {
                throw new BadInput(ref + " must hold a commit of 40 hexadecimal digits; delete it and fetch again");
            }
            return Optional.of(hash);
        }
    }

    /** Names of the files in a folder that are there, links followed. */
    static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Set<String> names = new TreeSet<>();
            files.filter(Files::isRegularFile)
                    .forEach(file -> names.add(file.getFileName().toString()));
            return names;
        }
    }

    /** Makes a blob visible in a snapshot. */
    void link(ModelId id, String commit, RemoteFile file) throws IOException {
        Path folder = Files.createDirectories(home(id).resolve("snapshots").resolve(commit));
        Path link = folder.resolve(file.name());
        Path spare = folder.resolve("." + UUID.randomUUID());
        Files.createSymbolicLink(spare, Path.of("../../blobs", file.checksum()));
        Files.move(spare, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Notes which commit a revision is; a commit needs no note. */
    void refer(ModelId id, String commit) throws IOException {
        if (!ModelId.commit(id.revision())) {
            Path ref = home(id).resolve("refs").resolve(id.revision());
            Files.createDirectories(ref.getParent());
            Path spare = ref.resolveSibling("." + UUID.randomUUID());
            try (FileChannel out = FileChannel.open(spare, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                out.write(ByteBuffer.wrap(commit.getBytes(StandardCharsets.US_ASCII)));
                out.force(true);
            }
            Files.move(spare, ref, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Every model that has a revision here, by name. */
    List<ModelId> models() throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        List<Path> homes;
        try (Stream<Path> all = Files.list(root)) {
            homes = all.filter(home -> home.getFileName().toString().matches("models--.+--.+"))
                    .sorted()
                    .toList();
        }
        List<ModelId> models = new ArrayList<>();
        for (Path home : homes) {
            String[] parts = home.getFileName().toString().split("--", 3);
            for (String revision : revisions(home)) {
                ModelId.of(parts[1] + "/" + parts[2] + "@" + revision).ifPresent(models::add);
            }
        }
        return models;
    }

    private static List<String> revisions(Path home) throws IOException {
        Path refs = home.resolve("refs");
        if (!Files.isDirectory(refs)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(refs)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> refs.relativize(file).toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }
}
