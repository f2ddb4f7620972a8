package org.selgen.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Holds the bytes of a snapshot against the checksums they are named by. */
final class Verification {
    private Verification() {}

    static List<String> problems(Path snapshot) throws IOException {
        Path blobs = snapshot.resolveSibling("../blobs").normalize();
        List<Path> files;
        try (Stream<Path> all = Files.list(snapshot)) {
            files = all.filter(file -> !Files.isDirectory(file)).sorted().toList();
        }
        List<String> problems = new ArrayList<>();
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                problems.add(file + " leads to no file; fetch the model again");
                continue;
            }
            Path blob = file.toRealPath();
            String name = blob.getFileName().toString();
            if (!blob.getParent().equals(blobs.toRealPath()) || !name.matches("[0-9a-f]{40}|[0-9a-f]{64}")) {
                problems.add(file + " is not a link to a checksum's name in " + blobs + "; fetch the model again");
            } else if (!RemoteFile.checksum(blob, name.length()).equals(name)) {
                problems.add(
                        file + " has not the checksum " + name + "; delete " + blob + " and fetch the model again");
            }
        }
        return problems;
    }
}
