package org.selgen.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where verdicts lie that were paid for and are not in the table yet: {@code verdicts/RUBRIC.jsonl}. */
public final class Journal {
    private Journal() {}

    /** The file of a rubric, on this machine, there or not; its folder is there. */
    public static Path file(Lake lake, String rubric) throws IOException {
        return Files.createDirectories(lake.root().resolve("verdicts"))
                .resolve(rubric.replaceAll("[^\\w.@-]", "_") + ".jsonl");
    }
}
