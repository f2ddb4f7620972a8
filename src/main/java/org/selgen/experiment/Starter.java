package org.selgen.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.selgen.data.BadInput;

/** Writes an experiment that runs as it is, to begin one's own with: its file, datasets, rows and questions. */
public final class Starter {
    /** The experiment's file. */
    public static final String EXPERIMENT = "experiment.yaml";

    private static final List<String> FILES = List.of(EXPERIMENT, "datasets.yaml", "task.jsonl", "doubles.yaml");

    private Starter() {}

    /**
     * Writes the files into a folder, which is made if it is not there.
     *
     * @return what was written
     * @throws BadInput if one of the files is there already; then none is written
     */
    public static List<Path> write(Path folder) throws IOException {
        List<Path> files = FILES.stream().map(folder::resolve).toList();
        for (Path file : files) {
            if (Files.exists(file)) {
                throw new BadInput(file + " is there already; name a folder that has none, or remove it");
            }
        }
        Files.createDirectories(folder);
        for (Path file : files) {
            Files.writeString(file, text(String.valueOf(file.getFileName())).replace("{name}", name(folder)));
        }
        return files;
    }

    private static String text(String file) throws IOException {
        try (InputStream text = Objects.requireNonNull(Starter.class.getResourceAsStream("starter/" + file), file)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The folder's name as that of an experiment. */
    private static String name(Path folder) {
        String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName())
                .replaceAll("[^A-Za-z0-9]++", "-")
                .replaceAll("^-|-$", "");
        return name.isEmpty() ? "experiment" : name;
    }
}
