package org.selgen.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.selgen.data.BadInput;

/** Where base models and adapters lie. A model is in the lake, shipped with the project, or at a path of its own. */
final class Shelf {
    private static final Path SHIPPED = Path.of("data-lake/models");

    private Shelf() {}

    /** The model's folder, for a command started in the project's folder. */
    static Path find(Path lake, String name) {
        return find(lake.resolve("models"), SHIPPED, name);
    }

    /**
     * The model's folder.
     *
     * @param models the folder of the lake's models
     * @param shipped the folder of the models that ship with the project
     * @throws BadInput if it is in none of the places; the line names them
     */
    static Path find(Path models, Path shipped, String name) {
        List<Path> places = List.of(models.resolve(name), shipped.resolve(name), Path.of(name));
        return places.stream()
                .filter(Files::isDirectory)
                .findFirst()
                .map(folder -> folder.toAbsolutePath().normalize())
                .orElseThrow(() -> new BadInput("model is '" + name + "' but there is no folder "
                        + places.stream()
                                .map(place -> place.toAbsolutePath().normalize().toString())
                                .distinct()
                                .collect(Collectors.joining(" nor "))
                        + "; put a Hugging Face model there or correct the name"));
    }

    /**
     * Folder of a run's adapter.
     *
     * @param id the run's id, or its beginning
     * @throws BadInput if none or several begin so
     */
    static Path adapter(Path lake, String id) throws IOException {
        Path adapters = lake.resolve("adapters");
        List<Path> found = List.of();
        if (Files.isDirectory(adapters)) {
            try (Stream<Path> folders = Files.list(adapters)) {
                found = folders.filter(f -> f.getFileName().toString().startsWith(id))
                        .toList();
            }
        }
        if (found.size() != 1) {
            throw new BadInput("--run is '" + id + "' but " + found.size() + " adapters in " + adapters
                    + " begin so; 'selgen query \"SELECT id, method, knobs, seed FROM runs\"' lists them");
        }
        return found.get(0);
    }
}
