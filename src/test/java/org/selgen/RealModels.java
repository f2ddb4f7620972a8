package org.selgen;

import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Real checkpoints and tokenizers, which are others' work and not part of the project: the folder that
 * {@code -Dmodels.dir=DIR} names, and what transformers computes with them, from {@code -Dmodels.golden=FILE} (default:
 * {@code golden.json} in that folder). Without them a test reports that it was not run.
 */
public final class RealModels {
    /** The name that a test gets where there is no model. */
    public static final String NONE = "(none)";

    private RealModels() {}

    private static boolean there() {
        return System.getProperty("models.dir") != null && Files.isRegularFile(file());
    }

    private static Path file() {
        String golden = System.getProperty("models.golden");
        return golden == null ? Path.of(System.getProperty("models.dir"), "golden.json") : Path.of(golden);
    }

    /** The reference numbers; empty where there are none. */
    public static JsonNode golden() {
        return there() ? Golden.json(file()) : MissingNode.getInstance();
    }

    /** Names of the fields of a part of the reference numbers; one that stands for none where there are none. */
    public static Stream<String> names(String part) {
        List<String> names = new ArrayList<>();
        golden().path(part).fieldNames().forEachRemaining(names::add);
        return names.isEmpty() ? Stream.of(NONE) : names.stream();
    }

    /** A folder among the models; the test is not run where it is missing. */
    public static Path folder(String name) {
        assumeThat(there())
                .as("run with -Dmodels.dir=DIR, a folder of real models, and -Dmodels.golden=FILE, their numbers")
                .isTrue();
        Path folder = Path.of(System.getProperty("models.dir")).resolve(name);
        assumeThat(folder).as("a folder of -Dmodels.dir").isDirectory();
        return folder;
    }
}
