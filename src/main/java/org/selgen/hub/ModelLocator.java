package org.selgen.hub;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.selgen.data.BadInput;
import org.selgen.file.ProjectFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds base models: in the lake, beside the experiment, shipped with the project, at a path of their own, or on the Hugging
 * Face Hub: then a model is found in the Hub's cache, and downloaded if it is not there.
 *
 * @param folders in which a model's folder is sought, in this order
 */
public record ModelLocator(List<Path> folders) {
    /** The shipped models, seen from the project's folder. */
    public static final String SHIPPED = "data-lake/models";

    private static final Pattern HOME = Pattern.compile("models--(.+?)--(.+)");
    private static final Logger LOG = LoggerFactory.getLogger(ModelLocator.class);

    /**
     * For a command without an experiment.
     *
     * @param models the folder of the lake's models
     */
    public static ModelLocator inProject(Path models) {
        return new ModelLocator(List.of(models, ProjectFolder.of(SHIPPED), Path.of("")));
    }

    /**
     * For an experiment whose file is in this folder.
     *
     * @param models the folder of the lake's models
     */
    public static ModelLocator beside(Path experiment, Path models) {
        return new ModelLocator(List.of(models, experiment, ProjectFolder.of(SHIPPED), Path.of("")));
    }

    /**
     * The model's folder.
     *
     * @throws BadInput if it is in none of the places; the line names them
     */
    public Path find(String name) {
        return find(places(name), () -> hub(LOG::info), name);
    }

    private List<Path> places(String name) {
        return folders.stream().map(place -> inside(place, name)).distinct().toList();
    }

    /**
     * The model's folder if it is on this machine; empty where it would be fetched from the Hub, which is not asked.
     *
     * @throws BadInput if it is in none of the places and cannot be fetched
     */
    public Optional<Path> here(String name) {
        return sought(places(name), name, id -> hub(LOG::info).here(id));
    }

    /** The folder in the Hub's cache that has configuration and tokenizer of a model of the Hub; asks nobody. */
    public Optional<Path> described(String name) {
        return ModelId.of(name).flatMap(id -> hub(LOG::info).described(id));
    }

    /** The first of the folders that is there, or the Hub's of that name. */
    public static Path find(List<Path> folders, Supplier<Hub> hub, String name) {
        return sought(folders, name, id -> Optional.of(hub.get().folder(id))).orElseThrow();
    }

    private static Optional<Path> sought(List<Path> folders, String name, Function<ModelId, Optional<Path>> hub) {
        Optional<Path> here = folders.stream().filter(Files::isDirectory).findFirst();
        if (here.isPresent()) {
            return here;
        }
        String missing = "model is '" + name + "' but there is no folder "
                + folders.stream().map(Path::toString).collect(Collectors.joining(" nor "));
        ModelId id = ModelId.of(name)
                .orElseThrow(() -> new BadInput(missing + "; put a Hugging Face model there, give its name on the Hub"
                        + " as org/name, or correct the name"));
        try {
            return hub.apply(id);
        } catch (BadInput e) {
            throw new BadInput(missing + "; and " + e.getMessage(), e);
        }
    }

    /** The folder of a model that is here already. */
    public Path local(String name) {
        return places(name).stream()
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

    /**
     * The name by which every machine finds what a folder of the Hub's cache holds, {@code org/name} at one commit; empty for
     * any other folder.
     */
    public static Optional<ModelId> pinned(Path folder) {
        Path snapshot = folder.toAbsolutePath().normalize();
        Path snapshots = snapshot.getParent();
        String commit = String.valueOf(snapshot.getFileName());
        if (snapshots == null || !snapshots.endsWith("snapshots") || !ModelId.commit(commit)) {
            return Optional.empty();
        }
        Matcher home = HOME.matcher(String.valueOf(snapshots.getParent().getFileName()));
        return home.matches() ? Optional.of(new ModelId(home.group(1), home.group(2), commit)) : Optional.empty();
    }

    /** What to call the model of a folder: the folder's name, or the model's where the Hub's cache names it by a hash. */
    public static String title(Path folder) {
        Path snapshots = folder.toAbsolutePath().normalize().getParent();
        return snapshots != null && snapshots.endsWith("snapshots")
                ? String.valueOf(snapshots.getParent().getFileName()).replaceAll("^models--.*?--", "")
                : String.valueOf(folder.getFileName());
    }
}
