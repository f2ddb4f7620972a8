package org.selgen.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.BadInput;
import org.selgen.lake.Lake;
import org.selgen.lake.LocalSpark;
import org.selgen.lake.Storage;

/** What {@code selgen init} writes, and where the names in an experiment's file are sought. */
class StarterTest {
    @TempDir
    private Path folder;

    private ExperimentContext opened(Path file) throws IOException {
        return ExperimentContext.open(
                Lake.open(LocalSpark::session, Storage.of(folder.resolve("lake").toString())), file, List.of());
    }

    @Test
    void theExperimentHasItsRowsAndQuestionsFromItsOwnFolder() throws IOException {
        Starter.write(folder.resolve("My test"));
        ExperimentContext context = opened(folder.resolve("My test").resolve(Starter.EXPERIMENT));
        assertThat(context.experiment().name()).isEqualTo("My-test");
        ExperimentRows rows = ExperimentRows.make(context.experiment(), context.catalog(), context.tables());
        assertThat(rows.task()).hasSize(40);
        assertThat(rows.questions().get("my-questions")).hasSize(60);
        assertThat(context.model()).endsWith(Path.of("data-lake/models/tiny"));
    }

    @Test
    void aFileThatIsThereIsNotWrittenOver() throws IOException {
        Files.writeString(folder.resolve("datasets.yaml"), "mine");
        assertThatThrownBy(() -> Starter.write(folder))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("datasets.yaml is there already");
        assertThat(folder.resolve("datasets.yaml")).hasContent("mine");
        assertThat(folder.resolve(Starter.EXPERIMENT)).doesNotExist();
    }

    @Test
    void namesOfTheProjectMayBeUsedToo() throws IOException {
        Starter.write(folder);
        Catalog catalog = opened(folder.resolve(Starter.EXPERIMENT)).catalog();
        assertThat(catalog.source("gcd-toy")).isNotNull();
        assertThat(catalog.source("general-questions").questions("q")).isNotEmpty();
        assertThat(catalog.judges().config("alignment-served").rubric()).isEqualTo("alignment");
    }

    @Test
    void theFirstMeaningOfANameCounts() throws IOException {
        Starter.write(folder);
        Path datasets = folder.resolve("datasets.yaml");
        Files.writeString(
                datasets, Files.readString(datasets) + "\ngcd-toy: {chat-jsonl: {path: task.jsonl, label: doubles}}\n");
        Catalog catalog =
                opened(folder.resolve(Starter.EXPERIMENT).toAbsolutePath()).catalog();
        assertThat(catalog.source("gcd-toy").examples("gcd-toy", "train")).hasSize(40);
    }

    @Test
    void anUnknownNameIsRefusedWithTheNearest() throws IOException {
        Starter.write(folder);
        Path file = folder.resolve(Starter.EXPERIMENT);
        Files.writeString(file, Files.readString(file).replace("[my-task]", "[my-taks]"));
        assertThatThrownBy(() -> opened(file))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("my-taks")
                .hasMessageContaining("my-task");
    }
}
