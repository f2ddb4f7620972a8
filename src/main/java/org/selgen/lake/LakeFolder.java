package org.selgen.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.selgen.data.BadInput;

/**
 * A lake that is a folder of this machine, for verbs that read models and adapters without Spark.
 *
 * @param root the lake's folder
 */
public record LakeFolder(Path root) {
    /** Where its base models lie. */
    public Path models() {
        return root.resolve(Lake.MODELS);
    }

    /** The folders of all finished adapters, sorted; one that is being written lies elsewhere or has a dot before its name. */
    public List<Path> adapters() throws IOException {
        Path adapters = root.resolve(Lake.ADAPTERS);
        if (!Files.isDirectory(adapters)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(adapters)) {
            return folders.filter(Files::isDirectory)
                    .filter(folder -> !folder.getFileName().toString().matches("[._].*"))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Folder of a run's adapter.
     *
     * @param id the run's id, or its beginning
     * @throws BadInput if none or several begin so
     */
    public Path adapter(String id) throws IOException {
        Path adapters = root.resolve(Lake.ADAPTERS);
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
