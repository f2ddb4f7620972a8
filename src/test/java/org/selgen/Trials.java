package org.selgen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Small inputs with their right results, a numbered folder each, in the folder of the system property {@code trials.dir}. */
final class Trials {
    private static final String PROPERTY = "trials.dir";

    private Trials() {}

    /** The folder of a trial, by the number that its name begins with; a test without it is reported as not run. */
    static Path folder(String number) throws IOException {
        String all = System.getProperty(PROPERTY, "");
        Assumptions.assumeFalse(all.isBlank(), "not run: -D" + PROPERTY + " does not name the folder of the trials");
        try (Stream<Path> folders = Files.list(Path.of(all))) {
            List<Path> found = folders.filter(
                            folder -> folder.getFileName().toString().startsWith(number + "-"))
                    .toList();
            Assumptions.assumeTrue(found.size() == 1, "not run: " + all + " has " + found.size() + " trials " + number);
            return found.get(0);
        }
    }

    /** The objects of a file, one a line. */
    static List<JsonNode> rows(Path file) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank()) {
                rows.add(JsonMapper.builder().build().readTree(line));
            }
        }
        return rows;
    }
}
