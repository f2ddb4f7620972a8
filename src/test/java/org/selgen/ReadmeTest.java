package org.selgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.Pages.Block;
import org.selgen.lake.Lake;
import org.selgen.lake.LocalSpark;
import org.selgen.stage.LocalEngine;
import org.selgen.stage.Stages;

/** The experiment that README lets a reader write, laid as it says and run to its report on the small model. */
@Tag("slow")
class ReadmeTest {
    @TempDir
    Path folder;

    private static String block(String language, String marker) throws IOException {
        return Pages.blocks(language).stream()
                .filter(block -> block.page().equals(Path.of("README.md"))
                        && block.marker().equals(marker))
                .map(Block::text)
                .collect(Collectors.joining("\n"));
    }

    private Path lay(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text + "\n");
    }

    @Test
    void theReadersOwnExperimentRuns() throws IOException {
        lay("data-lake/raw/machines.jsonl", block("json", "null"));
        lay("conf/questions/machines.yaml", block("yaml", "questions"));
        lay("conf/datasets.yaml", block("yaml", "datasets"));
        Path file = lay("conf/experiments/mine.yaml", block("yaml", "experiment"));
        StringWriter said = new StringWriter();
        Stages stages = Stages.open(
                Lake.create(LocalSpark.session(), folder.resolve("lake")),
                file,
                List.of(
                        "seeds=[0]",
                        "training.epochs=2",
                        "methods=[standard, {upweight: {lambda: 2}}]"), // all of it takes minutes
                new LocalEngine(),
                new PrintWriter(said));
        TestExperiment.all(stages);
        assertThat(said.toString()).contains("standard", "upweight");
    }
}
