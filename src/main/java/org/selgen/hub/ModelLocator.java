package org.selgen.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.selgen.data.BadInput;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where base models and adapters lie. A model is in the lake, shipped with the project, at a path of its own, or on the
 * Hugging Face Hub: then it is found in the Hub's cache, and downloaded if it is not there.
 */
public final class ModelLocator {
    private static final Logger LOG = LoggerFactory.getLogger(ModelLocator.class);
    private static final Path SHIPPED = Path.of("data-lake/models");

    private ModelLocator() {}

    /** The model's folder, for a command started in the project's folder. */
    public static Path find(Path lake, String name) {
        return find(lake.resolve("models"), SHIPPED, name);
    }

    /**
     * The model's folder.
     *
     * @param models the folder of the lake's models
     * @param shipped the folder of the models that ship with the project
     * @throws BadInput if it is in none of the places; the line names them
     */
    public static Path find(Path models, Path shipped, String name) {
        return find(places(models, shipped, name), () -> hub(LOG::info), name);
    }

    private static List<Path> places(Path models, Path shipped, String name) {
        return Stream.of(models, shipped, Path.of(""))
                .map(place -> inside(place, name))
                .distinct()
                .toList();
    }

    /** The first of the folders that is there, or the Hub's of that name. */
    public static Path find(List<Path> folders, Supplier<Hub> hub, String name) {
        Optional<Path> here = folders.stream().filter(Files::isDirectory).findFirst();
        String missing = "model is '" + name + "' but there is no folder "
                + folders.stream().map(Path::toString).collect(Collectors.joining(" nor "));
        if (here.isPresent()) {
            return here.get();
        }
        ModelId id = ModelId.of(name)
                .orElseThrow(() -> new BadInput(missing + "; put a Hugging Face model there, give its name on the Hub"
                        + " as org/name, or correct the name"));
        try {
            return hub.get().folder(id);
        } catch (BadInput e) {
            throw new BadInput(missing + "; and " + e.getMessage(), e);
        }
    }

    /** The folder of a model that is here already. */
    public static Path local(Path lake, String name) {
        return places(lake.resolve("models"), SHIPPED, name).stream()
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> new BadInput("there is no model '" + name + "' here; 'selgen model list' shows those"
                        + " of the Hub's cache, 'selgen model fetch' brings one"));
    }

    private static Path inside(Path place, String name) {
        try {
            return place.resolve(name).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new BadInput("model is '" + name + "' but that is no path and no name; correct it", e);
        }
    }

    /** The Hub as this process' environment says. */
    public static Hub hub(Consumer<String> told) {
        return Hub.of(System.getenv(), Path.of(System.getProperty("user.home")), told);
    }

    /** What to call the model of a folder: the folder's name, or the model's where the Hub's cache names it by a hash. */
    public static String title(Path folder) {
        Path snapshots = folder.toAbsolutePath().normalize().getParent();
        return snapshots != null && snapshots.endsWith("snapshots")
                ? String.valueOf(snapshots.getParent().getFileName()).replaceAll("^models--.*?--", "")
                : String.valueOf(folder.getFileName());
    }

    /**
     * Folder of a run's adapter.
     *
     * @param id the run's id, or its beginning
     * @throws BadInput if none or several begin so
     */
    public static Path adapter(Path lake, String id) throws IOException {
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
