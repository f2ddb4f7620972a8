package org.selgen.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.selgen.data.BadInput;
import org.selgen.experiment.conf.Yaml;
import org.selgen.file.ProjectFolder;

/**
 * Where the files beside an experiment are sought: {@code datasets.yaml}, {@code judges.yaml}, the rubrics and published
 * figures. The first folder that has a file gives it; names of datasets and judges are gathered from all of them, and the
 * first meaning of a name counts.
 *
 * @param folders in the order of seeking
 */
public record ConfFolders(List<Path> folders) {
    private static final String PATH = "path"; // the knob that all sources with a file have

    /** The folder of a file, then {@code conf} of the project. */
    public static ConfFolders beside(Path file) {
        return of(file.toAbsolutePath().normalize().resolveSibling(""));
    }

    /** The folder of an experiment's file and the one above it, then {@code conf} of the project. */
    static ConfFolders around(Path experiment) {
        Path file = experiment.toAbsolutePath().normalize();
        return of(file.resolveSibling(""), file.resolveSibling("..").normalize());
    }

    /** {@code conf} of the project alone. */
    static ConfFolders shipped() {
        return of();
    }

    private static ConfFolders of(Path... own) {
        Path project = ProjectFolder.of("conf").toAbsolutePath().normalize();
        return new ConfFolders(
                Stream.concat(Stream.of(own), Stream.of(project)).distinct().toList());
    }

    /**
     * The file of that name in the first folder that has it.
     *
     * @throws BadInput if none has it, naming the folders
     */
    public Path find(String relative) {
        return having(relative)
                .findFirst()
                .orElseThrow(() -> new BadInput("there is no file " + relative + " in "
                        + folders.stream().map(Path::toString).collect(Collectors.joining(" nor "))
                        + "; put one beside the experiment's file"));
    }

    /** What the files of that name say, by name; a path in them that is not absolute begins at the file's folder. */
    <T> Map<String, T> named(String relative, Class<T> type) throws IOException {
        Map<String, T> named = new LinkedHashMap<>();
        for (Path file : having(relative).toList()) {
            JsonNode tree = Yaml.tree(file, List.of());
            tree.forEach(entry -> entry.forEach(knobs -> resolve(knobs, file)));
            Yaml.bindMap(tree, type, file.toString()).forEach(named::putIfAbsent);
        }
        return named;
    }

    /** The files of that name, the one that counts first. */
    public Stream<Path> having(String relative) {
        return folders.stream().map(folder -> folder.resolve(relative)).filter(Files::isRegularFile);
    }

    /** A path begins at its file's folder or the one above; what is at neither begins at the working directory. */
    private static void resolve(JsonNode knobs, Path file) {
        if (knobs instanceof ObjectNode object && object.path(PATH).isTextual()) {
            String given = object.path(PATH).textValue();
            Stream.of(file.resolveSibling(given), file.resolveSibling("..").resolve(given))
                    .map(Path::normalize)
                    .filter(Files::exists)
                    .findFirst()
                    .filter(found ->
                            !found.equals(Path.of(given).toAbsolutePath().normalize()))
                    .ifPresent(found -> object.put(PATH, found.toString()));
        }
    }
}
