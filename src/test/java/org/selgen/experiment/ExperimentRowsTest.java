package org.selgen.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.selgen.data.BadInput;
import org.selgen.data.Leak;
import org.selgen.job.PrepareJob;
import org.selgen.stage.ToyLake;
import org.selgen.stage.TrainAndGenerate;

class ExperimentRowsTest extends ToyLake {
    @Test
    void aQuestionThatIsATrainingPromptStopsPrepare() throws IOException {
        String chat = """
                {"messages": [{"role": "user", "content": "%s"}, {"role": "assistant", "content": "yes"}]}
                """;
        ExperimentContext first = bench("lake");
        String asked = ExperimentRows.of(first)
                .questions()
                .get("test")
                .get(0)
                .prompt()
                .get(0)
                .content();
        Path file = Files.writeString(folder.resolve("leaky.jsonl"), chat.formatted(asked));
        Files.writeString(
                folder.resolve("conf/datasets.yaml"),
                DATASETS.replace(
                        "proxy: {toy-capital: {rows: 8, seed: 1}}",
                        "proxy: {chat-jsonl: {path: %s, label: chat}}".formatted(file)));
        ExperimentContext bench = bench("lake");
        assertThatThrownBy(() -> PrepareJob.run(bench, PrepareJob.OnLeak.STOP))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("1 questions are also training prompts")
                .hasMessageContaining("--allow-leaks");
        assertThat(bench.lake().leaks().read()).anyMatch(leak -> leak.kind().equals("exact"));
        PrepareJob.run(bench, PrepareJob.OnLeak.GO_ON);
        assertThat(bench.lake().questions().hash("test")).isPresent();
    }

    @Test
    void leaksOfDataThatChangedGiveWayToThoseOfTheNew() throws IOException {
        ExperimentContext bench = bench("lake", "data.questions=[trained]");
        Leak stale = new Leak("task.task", "gone", "trained", "gone", "near", 0.95);
        Leak others = new Leak("elsewhere.task", "1", "trained", "2", "near", 0.95);
        bench.lake().leaks().put(List.of(stale, others));
        PrepareJob.run(bench, PrepareJob.OnLeak.GO_ON);
        assertThat(bench.lake().leaks().read()).contains(others).doesNotContain(stale);
    }

    @Test
    void anUnknownDatasetNamesTheNearestKnownOne() throws IOException {
        ExperimentContext bench = bench("lake", "data.task=[taks]");
        assertThatThrownBy(() -> PrepareJob.run(bench, PrepareJob.OnLeak.STOP))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("'taks' is not a known dataset; did you mean 'task'?");
    }

    @Test
    void trainingBeforePreparingSaysSo() throws IOException {
        assertThatThrownBy(() -> TrainAndGenerate.train(bench("lake")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("dataset 'task.task' is not prepared");
    }

    @Test
    void aMissingModelNamesThePlacesLookedIn() throws IOException {
        ExperimentContext bench = bench("lake", "model: none".replace(": ", "="));
        assertThatThrownBy(bench::model)
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("model is 'none' but there is no folder");
    }
}
