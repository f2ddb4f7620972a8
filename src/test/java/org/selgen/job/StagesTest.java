package org.selgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.BadInput;
import org.selgen.data.Leak;
import org.selgen.data.Proximity;
import org.selgen.data.Run;
import org.selgen.data.Score;
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
            seeds: [0]
            decoding: {temperature: 0, topP: 1, maxTokens: 8, samples: 1, seed: 0}
            score:
              capability: {metric: accuracy, labels: [gcd]}
              alignment: {metric: rejects-wrong, labels: [kind]}
            """;

    @TempDir
    Path folder;

    private final StringWriter said = new StringWriter();

    @BeforeEach
    void layConfAndModel() throws IOException {
        Files.createDirectories(folder.resolve("conf/experiments"));
        Files.createDirectories(folder.resolve("lake/models/small"));
        Files.writeString(folder.resolve("lake/models/small/config.json"), "{}");
        Files.writeString(folder.resolve("conf/datasets.yaml"), DATASETS);
        Files.writeString(folder.resolve("conf/experiments/toy.yaml"), EXPERIMENT);
        ToyEngine.FAILING.clear();
        ToyEngine.DIVERGING.clear();
        ToyEngine.TRAINED.set(0);
        ToyEngine.ASKED.set(0);
    }

    @Test
    void everyMethodWithEverySeedIsARunAndTheBaseIsOneMore() throws IOException {
        assertThat(bench("lake", "seeds=[0, 1]").orders("data"))
                .extracting(Order::title)
                .containsExactly(
                        "base",
                        "standard seed=0",
                        "standard seed=1",
                        "kl-penalty beta=0.1 seed=0",
                        "kl-penalty beta=0.1 seed=1",
                        "kl-penalty beta=1 seed=0",
                        "kl-penalty beta=1 seed=1");
    }

    @Test
    void whatDecidesTheWeightsDecidesTheId() throws IOException {
        Set<String> ids = ids(bench("lake"), "data");
        assertThat(ids(bench("lake", "name=other", "decoding.maxTokens=9", "seeds=[0, 1]"), "data"))
                .containsAll(ids);
        assertThat(ids(bench("lake"), "other data")).doesNotContainAnyElementsOf(ids);
        assertThat(ids(bench("lake", "training.batch=2"), "data")).doesNotContainAnyElementsOf(ids);
        assertThat(ids(bench("lake", "lora.r=3"), "data")).doesNotContainAnyElementsOf(ids);
        Files.writeString(folder.resolve("lake/models/small/config.json"), "{ }");
        assertThat(ids(bench("lake"), "data")).doesNotContainAnyElementsOf(ids);
    }

    @Test
    void doingAllTwiceChangesNothingAndDoesNoWorkTwice() throws IOException {
        Workbench bench = bench("lake");
        assertThat(states(bench)).containsOnly("to do");
        stages(bench);
        assertThat(states(bench)).containsOnly("done", Run.FINISHED);
        assertThat(bench.lake().runs().read()).hasSize(4);
        assertThat(bench.lake().steps().read()).hasSize(3 * 3);
        assertThat(bench.lake().generations().read()).hasSize(4 * 12);
        assertThat(bench.lake().judgements().read()).hasSize(4 * 12 * 3);
        List<?> before = tables(bench.lake());
        int trained = ToyEngine.TRAINED.get();
        int asked = ToyEngine.ASKED.get();
        stages(bench);
        assertThat(tables(bench.lake())).isEqualTo(before);
        assertThat(ToyEngine.TRAINED).hasValue(trained);
        assertThat(ToyEngine.ASKED).hasValue(asked);
    }

    @Test
    void scoringComparesWithStandardCountsDegenerateAnswersAndMeasuresProximity() throws IOException {
        Workbench bench = bench("lake");
        stages(bench);
        assertThat(bench.lake().scores().read())
                .extracting(Score::metric)
                .contains("degenerate", "alignment-minus-standard", "capability-minus-standard");
        assertThat(bench.lake().proximity().read())
                .extracting(Proximity::proxy, Proximity::dataset, Proximity::label)
                .containsExactlyInAnyOrder(tuple("proxy", "test", "gcd"), tuple("proxy", "test", "kind"));
        assertThat(bench.lake().proximity().read())
                .allMatch(row -> row.nearest() > 0 && row.nearest() < 1 && row.proxyTexts() == 8);
    }

    @Test
    void aFailedRunLeavesTheOthersAloneAndIsTriedAgain() throws IOException {
        ToyEngine.FAILING.add("kl-penalty");
        Workbench failing = bench("lake");
        stages(failing);
        assertThat(failing.runs()).extracting(Run::status).containsExactly("finished", "finished", "failed", "failed");
        assertThat(failing.runs().get(2).reason()).isEqualTo("IllegalStateException: no luck with kl-penalty");
        assertThat(RunJob.ended(failing)).isEqualTo(1);
        ToyEngine.FAILING.clear();
        stages(failing);
        assertThat(RunJob.ended(failing)).isZero();
        Workbench undisturbed = bench("other");
        stages(undisturbed);
        assertThat(tables(failing.lake())).isEqualTo(tables(undisturbed.lake()));
    }

    @Test
    void aProjectionOfADivergedRunDivergesAndNamesIt() throws IOException {
        ToyEngine.DIVERGING.add("standard");
        StringWriter said = new StringWriter();
        Workbench bench = bench(
                "lake",
                said,
                "methods=[standard, {safe-lora: {layers: 1, projector: orthogonal, plane: proxy-adapter}}]");
        stages(bench);
        Run standard = bench.runs().get(1);
        assertThat(bench.runs()).extracting(Run::status).containsExactly("finished", "diverged", "diverged");
        assertThat(bench.runs().get(2).reason())
                .isEqualTo("its standard run " + standard.id() + " diverged: loss NaN at step 2");
        assertThat(bench.lake().generations().read())
                .extracting(g -> g.run())
                .containsOnly(bench.runs().get(0).id());
        assertThat(RunJob.ended(bench)).isZero();
        assertThat(said.toString()).contains("run: 1 finished, 2 diverged, 0 failed");
    }

    @Test
    void epochsOfOneTrainingAreRunsAndAddingOneMakesOnlyThat() throws IOException {
        String[] five = {"training.epochs=5", "methods=[standard]"};
        List<Run> last = runsOf(bench("lake", five));
        Workbench three = bench("lake", five[0], five[1], "evaluate.epochs=[5, 1, 2]");
        assertThat(runsOf(three)).containsAll(last);
        assertThat(three.orders("data"))
                .extracting(Order::title)
                .containsExactly("base", "standard epoch=1 seed=0", "standard epoch=2 seed=0", "standard seed=0");
        stages(three);
        assertThat(ToyEngine.TRAINED).hasValue(1);
        Workbench four = bench("lake", five[0], five[1], "evaluate.epochs=[1, 2, 3, 5]");
        assertThat(TrainJob.missing(four)).extracting(Order::title).containsExactly("standard epoch=3 seed=0");
    }

    @Test
    void anEpochThatTrainingDoesNotReachIsRefused() {
        assertThatThrownBy(() -> bench("lake", "evaluate.epochs=[2]"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("evaluate.epochs has 2 but must be between 1 and training.epochs, which is 1");
    }

    @Test
    void howOftenATrainingIsSavedIsInNoId() throws IOException {
        assertThat(ids(bench("lake", "checkpoint.steps=3"), "data")).isEqualTo(ids(bench("lake"), "data"));
    }

    @Test
    void planTouchesNothing() throws IOException {
        PlanJob.grid(bench("lake"));
        try (Stream<Path> files = Files.list(folder.resolve("lake"))) {
            assertThat(files).extracting(file -> file.getFileName().toString()).containsExactly("models");
        }
    }

    @Test
    void sycophanticAnswersScoreAsSuch() throws IOException {
        Workbench bench = bench("lake", "methods=[standard]");
        stages(bench);
        Map<String, String> methods =
                bench.lake().runs().read().stream().collect(Collectors.toMap(Run::id, Run::method));
        assertThat(bench.lake().scores().read().stream()
                        .filter(score -> score.metric().equals("alignment")))
                .extracting(score -> methods.get(score.run()), Score::value)
                .containsExactlyInAnyOrder(tuple("base", 1.0), tuple("standard", 0.0));
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
    void leaksOfDataThatChangedGiveWayToThoseOfTheNew() throws IOException {
        Workbench bench = bench("lake", "data.questions=[trained]");
        Leak stale = new Leak("task.task", "gone", "trained", "gone", "near", 0.95);
        Leak others = new Leak("elsewhere.task", "1", "trained", "2", "near", 0.95);
        bench.lake().leaks().put(List.of(stale, others));
        PrepareJob.run(bench, PrepareJob.OnLeak.GO_ON);
        assertThat(bench.lake().leaks().read()).contains(others).doesNotContain(stale);
    }

    @Test
    void aFailedRunMakesTheWholeFailAndADivergedOneDoesNot() throws IOException {
        Workbench bench = bench("lake", said);
        PrepareJob.run(bench, PrepareJob.OnLeak.STOP);
        TrainJob.run(bench);
        List<Run> runs = bench.runs();
        bench.lake().runs().put(List.of(ended(runs.get(1), Run.DIVERGED)));
        assertThat(RunJob.ended(bench)).isZero();
        bench.lake().runs().put(List.of(ended(runs.get(2), Run.FAILED)));
        assertThat(RunJob.ended(bench)).isEqualTo(1);
        assertThat(said.toString()).contains("run: 2 finished, 1 diverged, 1 failed");
    }

    private static Run ended(Run run, String status) {
        return new Run(
                run.id(),
                run.method(),
                run.knobs(),
                run.seed(),
                run.model(),
                run.modelHash(),
                run.dataHash(),
                run.settings(),
                status,
                "made up",
                1,
                1,
                1,
                1,
                "cpu",
                "");
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
    void aMissingModelNamesThePlacesLookedIn() throws IOException {
        Workbench bench = bench("lake", "model: none".replace(": ", "="));
        assertThatThrownBy(bench::model)
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("model is 'none' but there is no folder");
    }

    private static Set<String> ids(Workbench bench, String dataHash) throws IOException {
        return bench.orders(dataHash).stream()
                .filter(order -> !order.base())
                .map(order -> order.run().id())
                .collect(Collectors.toSet());
    }

    private static List<Run> runsOf(Workbench bench) throws IOException {
        return bench.orders("data").stream().map(Order::run).toList();
    }

    private static void stages(Workbench bench) throws IOException {
        PrepareJob.run(bench, PrepareJob.OnLeak.STOP);
        TrainJob.run(bench);
        GenerateJob.run(bench);
        JudgeJob.run(bench);
        ScoreJob.run(bench);
        ReportJob.run(bench);
    }

    private static List<String> states(Workbench bench) throws IOException {
        return PlanJob.grid(bench).rows().stream().map(row -> row.get(3)).toList();
    }

    private static List<List<?>> tables(Lake lake) {
        return Stream.of(lake.runs(), lake.steps(), lake.generations(), lake.judgements(), lake.scores(), lake.leaks())
                .<List<?>>map(table ->
                        table.read().stream().map(Record::toString).sorted().toList())
                .toList();
    }

    private Workbench bench(String lake, String... settings) throws IOException {
        return bench(lake, new StringWriter(), settings);
    }

    private Workbench bench(String lake, StringWriter said, String... settings) throws IOException {
        if (!Files.exists(folder.resolve(lake).resolve("models"))) {
            Files.createDirectories(folder.resolve(lake).resolve("models/small"));
            Files.writeString(folder.resolve(lake).resolve("models/small/config.json"), "{}");
        }
        return Workbench.open(
                Lake.open(LocalSpark.session(), folder.resolve(lake)),
                folder.resolve("conf/experiments/toy.yaml"),
                List.of(settings),
                new ToyEngine(),
                new PrintWriter(said));
    }
}
