package org.selgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.BadInput;
import org.selgen.data.Run;
import org.selgen.lake.Lake;
import org.selgen.lake.LocalSpark;

class StagesTest {
    private static final String DATASETS = """
            task: {toy-gcd: {rows: 12, ask: 0.5, plain: 1.0, seed: 1}}
            proxy: {toy-capital: {rows: 8, seed: 1}}
            test: {toy-questions: {labels: [gcd, kind], groups: 2, seed: 2}}
            trained: {toy-questions: {labels: [gcd], groups: 2, seed: 2}}
            """;
    private static final String EXPERIMENT = """
            name: toy
            model: small
            data: {task: [task], proxy: [proxy], questions: [test]}
            lora: {r: 2, alpha: 4, rslora: true, targets: [q_proj]}
            training: {epochs: 1, batch: 4, proxyBatch: 4, accumulation: 1, learningRate: 0.001, warmup: 0,
                       weightDecay: 0, clip: 1, maxTokens: 64, lossOn: answer}
            methods: [standard, {kl-penalty: {beta: [0.1, 1]}}]
            seeds: [0, 1]
            decoding: {temperature: 0, topP: 1, maxTokens: 8, samples: 1, seed: 0}
            score:
              capability: {metric: correct, labels: [gcd]}
              alignment: {metric: rejects, labels: [kind]}
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void layConfAndModel() throws IOException {
        Files.createDirectories(folder.resolve("conf/experiments"));
        Files.createDirectories(folder.resolve("lake/models/small"));
        Files.writeString(folder.resolve("lake/models/small/config.json"), "{}");
        Files.writeString(folder.resolve("conf/datasets.yaml"), DATASETS);
        Files.writeString(folder.resolve("conf/experiments/toy.yaml"), EXPERIMENT);
        ToyEngine.FAILING.clear();
        ToyEngine.TRAINED.set(0);
        ToyEngine.ASKED.set(0);
    }

    @Test
    void everyMethodWithEverySeedIsARunAndTheBaseIsOneMore() throws IOException {
        Workbench bench = bench("lake");
        stages(bench);
        assertThat(bench.lake().runs().read())
                .extracting(Order::title)
                .containsExactlyInAnyOrder(
                        "base",
                        "standard seed=0",
                        "standard seed=1",
                        "kl-penalty beta=0.1 seed=0",
                        "kl-penalty beta=0.1 seed=1",
                        "kl-penalty beta=1.0 seed=0",
                        "kl-penalty beta=1.0 seed=1");
        assertThat(bench.lake().steps().read()).hasSize(6 * 3);
        assertThat(bench.lake().generations().read()).hasSize(7 * 2 * 2 * 3);
    }

    @Test
    void doingAStageTwiceChangesNothingAndDoesNoWorkTwice() throws IOException {
        Workbench bench = bench("lake");
        stages(bench);
        List<List<?>> before = tables(bench.lake());
        int trained = ToyEngine.TRAINED.get();
        int asked = ToyEngine.ASKED.get();
        stages(bench);
        assertThat(tables(bench.lake())).isEqualTo(before);
        assertThat(ToyEngine.TRAINED).hasValue(trained);
        assertThat(ToyEngine.ASKED).hasValue(asked);
    }

    @Test
    void aStoppedRunStartedAgainEndsWithTheRowsOfAnUndisturbedOne() throws IOException {
        ToyEngine.FAILING.add("kl-penalty");
        Workbench stopped = bench("lake");
        assertThatThrownBy(() -> stages(stopped)).hasMessageContaining("no luck with kl-penalty");
        ToyEngine.FAILING.clear();
        stages(stopped);
        Workbench undisturbed = bench("other");
        stages(undisturbed);
        assertThat(tables(stopped.lake())).isEqualTo(tables(undisturbed.lake()));
    }

    @Test
    void aNewSeedTrainsOnlyItsOwnRuns() throws IOException {
        stages(bench("lake"));
        int trained = ToyEngine.TRAINED.get();
        stages(bench("lake", "seeds=[0, 1, 2]"));
        assertThat(ToyEngine.TRAINED.get() - trained).isEqualTo(3);
    }

    @Test
    void aChangeOfTheTrainingMakesOtherRunsButNotAnotherBase() throws IOException {
        Workbench bench = bench("lake");
        stages(bench);
        Workbench changed = bench("lake", "training.batch=2");
        assertThat(TrainJob.missing(changed)).hasSize(6);
    }

    @Test
    void planSaysWhatIsDoneAndTouchesNothing() throws IOException {
        Workbench bench = bench("lake");
        assertThat(states(bench)).containsOnly("to do");
        try (Stream<Path> files = Files.list(folder.resolve("lake"))) {
            assertThat(files).extracting(file -> file.getFileName().toString()).containsExactly("models");
        }
        stages(bench);
        assertThat(states(bench)).containsOnly("done", Run.FINISHED);
    }

    @Test
    void aQuestionThatIsATrainingPromptStopsPrepare() throws IOException {
        String chat = """
                {"messages": [{"role": "user", "content": "%s"}, {"role": "assistant", "content": "yes"}]}
                """;
        Workbench first = bench("lake");
        String asked = Datasets.of(first)
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
        Workbench bench = bench("lake");
        assertThatThrownBy(() -> PrepareJob.run(bench, PrepareJob.OnLeak.STOP))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("1 questions are also training prompts")
                .hasMessageContaining("--allow-leaks");
        assertThat(bench.lake().leaks().read()).anyMatch(leak -> leak.kind().equals("exact"));
        PrepareJob.run(bench, PrepareJob.OnLeak.GO_ON);
        assertThat(bench.lake().questions().hash("test")).isPresent();
    }

    @Test
    void anUnknownDatasetNamesTheNearestKnownOne() throws IOException {
        Workbench bench = bench("lake", "data.task=[taks]");
        assertThatThrownBy(() -> PrepareJob.run(bench, PrepareJob.OnLeak.STOP))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("'taks' is not a known dataset; did you mean 'task'?");
    }

    @Test
    void trainingBeforePreparingSaysSo() throws IOException {
        assertThatThrownBy(() -> TrainJob.run(bench("lake")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("dataset 'task.task' is not prepared");
    }

    @Test
    void aMissingModelNamesBothPlaces() throws IOException {
        Workbench bench = bench("lake", "model: none".replace(": ", "="));
        assertThatThrownBy(bench::model)
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("model is 'none' but neither");
    }

    private static void stages(Workbench bench) throws IOException {
        PrepareJob.run(bench, PrepareJob.OnLeak.STOP);
        TrainJob.run(bench);
        GenerateJob.run(bench);
    }

    private static List<String> states(Workbench bench) throws IOException {
        return PlanJob.grid(bench).rows().stream().map(row -> row.get(3)).toList();
    }

    private static List<List<?>> tables(Lake lake) {
        return Stream.of(lake.runs(), lake.steps(), lake.generations(), lake.leaks())
                .<List<?>>map(table ->
                        table.read().stream().map(Record::toString).sorted().toList())
                .toList();
    }

    private Workbench bench(String lake, String... settings) throws IOException {
        if (!Files.exists(folder.resolve(lake).resolve("models"))) {
            Files.createDirectories(folder.resolve(lake).resolve("models/small"));
            Files.writeString(folder.resolve(lake).resolve("models/small/config.json"), "{}");
        }
        return Workbench.open(
                Lake.open(LocalSpark.session(), folder.resolve(lake)),
                folder.resolve("conf/experiments/toy.yaml"),
                List.of(settings),
                new ToyEngine(),
                new PrintWriter(new StringWriter()));
    }
}
