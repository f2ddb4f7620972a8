package org.selgen.job;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.selgen.data.BadInput;

/** Where a base model lies: in the lake, shipped with the project, or at a path of its own. */
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
}
