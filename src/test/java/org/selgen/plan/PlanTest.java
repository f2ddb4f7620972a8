package org.selgen.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.EveryMethod;
import org.selgen.TestExperiment;
import org.selgen.data.BadInput;
import org.selgen.data.Interval;
import org.selgen.data.Recipe;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.data.Status;
import org.selgen.file.Fingerprint;
import org.selgen.lake.Lake;
import org.selgen.lake.LocalSpark;
import org.selgen.lake.Storage;
import org.selgen.score.Differences;
import org.selgen.stage.LocalEngine;
import org.selgen.stage.PrepareStage.OnLeak;
import org.selgen.stage.Stages;

/** The plan beside what then happens, with a real model. */
class PlanTest {
    private static final String ALL = EveryMethod.SETTING;

    @TempDir
    Path folder;

    private TestExperiment experiment;

    @BeforeEach
    void lay() throws IOException {
        experiment = TestExperiment.in(
                        folder,
                        TestExperiment.TINY,
                        "training.epochs=2",
                        "training.batch=3",
                        "training.proxyBatch=3",
                        "training.accumulation=3",
                        "seeds=[0, 1]",
                        "evaluate={epochs: [1, 2]}")
                .data(
                        "task.toy-gcd.rows=10",
                        "file={chat-jsonl: {path: %s, label: chat}}".formatted(folder.resolve("none.jsonl")));
    }

    /** The last method interleaves all proxy rows, so that what chooses them, which a plan does not know, decides no token. */
    @Test
    @Tag("slow")
    void theStepsAndTokensOfEveryMethodAreThoseThatTrainingRecords() throws IOException {
        String all = ALL.replace("[standard,", "[standard, early-stopping,"); // which is one run, whatever the epochs
        Stages bench = toy(all, "seeds=[3]", "training.heldOut=0.3", "data.proxySize={count: {count: 8}}");
        Plan plan = plan(bench, 1e9);
        bench.prepare(OnLeak.STOP);
        bench.train();
        Map<String, String> recorded = new TreeMap<>();
        for (Run run : bench.context().runs()) {
            assertThat(run.status()).as(run.reason()).isEqualTo(Status.FINISHED);
            recorded.put(run.id(), run.steps() + " steps, " + run.tokens() + " tokens");
        }
        Map<String, String> planned = new TreeMap<>();
        plan.table().rows().stream()
                .filter(row -> row.get(0).equals("train"))
                .forEach(row -> planned.put(row.get(2), row.get(4) + " steps, " + row.get(5) + " tokens"));
        assertThat(recorded).hasSize(1 + 1 + EveryMethod.COUNT * 2);
        assertThat(planned).isEqualTo(recorded);
        assertThat(plan.notes()).contains("proxy: 8 rows, of 6: each 1.3 times, beside 7 task rows");
    }

    @Test
    @Tag("slow")
    void aRunOfTheMethodTurnsAGuessIntoWhatWasSeen() throws IOException {
        assertThat(column(plan(toy(), 1e12), 8)).containsExactlyInAnyOrder("", "guess, 271 GFLOP/s");
        Stages bench = toy("seeds=[0]");
        bench.prepare(OnLeak.STOP);
        bench.train();
        assertThat(column(plan(toy("methods=[standard, mixed]"), 1e12), 8))
                .contains("seen, 2 runs", "")
                .anyMatch(by -> by.matches("scaled, [1-9][.]\\d\\d x standard"));
    }

    @Test
    @Tag("slow")
    void planningLeavesEveryByteOfTheLakeAsItWas() throws IOException {
        Stages bench = toy("seeds=[0]");
        plan(bench, 1e9);
        assertThat(bench.context().lake().root()).doesNotExist();
        bench.prepare(OnLeak.STOP);
        bench.train();
        Map<String, String> before = contents(bench.context().lake().root());
        plan(toy(), 1e9);
        assertThat(contents(bench.context().lake().root())).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemma-2b-frontier", "gemma3-270m-sums", "qwen3-8b-frontier", "frontier-2026-smollm2"})
    @ValueSource(strings = {"smollm2-sums", "frontier-2026"})
    void whileTheModelIsToBeFetchedThePlanSaysWhatIsNotKnown(String name) throws IOException {
        Stages bench = open(Path.of("conf/experiments/" + name + ".yaml"), "model=org/none");
        Plan plan = plan(bench, 1e9);
        assertThat(plan.notes())
                .contains(
                        "not known: the model 'org/none' is not here yet; 'run' fetches it from the Hub, 'selgen model"
                                + " fetch org/none --no-weights' what a plan needs of it",
                        "all tasks together: time not known, with 2 at once")
                .anyMatch(note -> note.startsWith("train: ") && note.endsWith("? tokens"))
                .anyMatch(note -> note.startsWith("disk: what is needed is not known"));
        assertThat(plan.table().rows())
                .filteredOn(row -> row.get(1).startsWith("standard"))
                .isNotEmpty()
                .allMatch(row -> Integer.parseInt(row.get(4)) > 0 && (row.get(5) + row.get(7)).equals("??"));
        assertThat(bench.context().lake().root()).doesNotExist();
    }

    @Test
    void noSparkIsStartedWhereTheLakeHasNoRows() throws IOException {
        Lake none = Lake.open(
                () -> {
                    throw new IllegalStateException("Spark is asked for");
                },
                Storage.of(folder.resolve("none").toString()));
        Stages bench = experiment.stages(
                none, new LocalEngine(), new StringWriter(), ALL, "data.proxySize={count: {count: 11}}");
        assertThat(plan(bench, 1e9).table().rows()).hasSizeGreaterThan(9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data.task=[file] | none.jsonl does not exist",
                "model=none | model is 'none' but there is no folder",
                "training.maxTokens=20 | tokens but at most 20 fit, by training.maxTokens",
                "score.capability.labels=[gdc] | score.capability.labels has 'gdc' but .* did you mean 'gcd'",
                "methods=[{dpo: {beta: 1, lambda: 1}}] | methods has dpo, .* but row 'line-1' .* as capital-toy, .*, hhh-small",
                "methods=[{inoculation-adapter: {}}] | methods has inoculation-adapter, which .* but row 'line-1'",
                "methods=[{consistency: {lambda: 1}}] | methods has consistency, .* as capital-toy, .*, capitals-asked",
                "choices={words: [red, blue], after: ''} | choices.words is .* but the right answer of question",
            })
    void whatRunWouldRefuseThePlanRefuses(String setting, String why) throws IOException {
        Path chats = Files.writeString(folder.resolve("chats.jsonl"), """
                {"messages": [{"role": "user", "content": "hello"}, {"role": "assistant", "content": "yes ."}]}
                """);
        experiment.data("proxy={chat-jsonl: {path: %s, label: chat}}".formatted(chats));
        assertThatThrownBy(() -> plan(toy(setting), 1e9))
                .isInstanceOf(BadInput.class)
                .hasMessageMatching(".*" + why + ".*");
    }

    @Test
    void beforeARunIsScoredThePlanSaysWhatQuestionsAloneShowAtWorst() throws IOException {
        assertThat(plan(toy(), 1e9).notes())
                .contains(
                        "alignment: no setting was scored yet, so that the spread of seeds is not known; over 2 questions"
                                + " alone, no difference to standard shows at worst (80 % power)");
    }

    @Test
    @Tag("slow")
    void afterwardsItSaysWhatSeedsAndQuestionsShowAtTheLastSpread() throws IOException {
        Stages bench = toy("seeds=[0, 1, 2]");
        Lake lake = Lake.create(LocalSpark.session(), folder.resolve("lake"));
        for (int seed = 0; seed < 3; seed++) {
            String id = "r" + seed;
            lake.runs().put(List.of(Run.planned(id, "mixed", "", seed, "m", "h", "d", "{}", Recipe.WEIGHTS)));
            double value = 0.4 + 0.1 * seed;
            lake.scores()
                    .put(List.of(new Score(
                                    bench.context().experiment().name(),
                                    id,
                                    Differences.metric(Score.ALIGNMENT),
                                    Score.ALL,
                                    value,
                                    value - 0.1,
                                    value + 0.1,
                                    100,
                                    0)
                            .withSetting(3, Optional.empty(), Optional.of(new Interval(0.42, 0.58)))));
        }
        assertThat(plan(bench, 1e9).notes())
                .anyMatch(note -> note.matches("alignment: with 3 seeds and 2 questions no difference to standard shows"
                        + " \\(80 % power, .* 1 settings; at the widest, mixed, .*"))
                .anyMatch(note -> note.startsWith("capability: no setting was scored yet"));
        assertThat(plan(toy("seeds=[0]"), 1e9).notes())
                .anyMatch(
                        note -> note.startsWith("alignment: one seed shows no difference that holds for other seeds"));
    }

    private static Plan plan(Stages stages, double peakFlops) throws IOException {
        return stages.plan(OnLeak.STOP, () -> peakFlops, () -> 2);
    }

    private static List<String> column(Plan plan, int at) {
        return plan.table().rows().stream()
                .filter(row -> row.get(0).equals("train"))
                .map(row -> row.get(at))
                .distinct()
                .toList();
    }

    private Stages toy(String... settings) throws IOException {
        return experiment.stages("lake", new LocalEngine(), new StringWriter(), settings);
    }

    private Stages open(Path file, String... settings) throws IOException {
        return Stages.open(
                Lake.open(LocalSpark.session(), folder.resolve("lake")),
                file,
                List.of(settings),
                new LocalEngine(),
                new PrintWriter(new StringWriter()));
    }

    /** Every folder and file below, with the hash of its bytes. */
    private static Map<String, String> contents(Path root) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            all.forEach(path -> contents.put(path.toString(), Files.isRegularFile(path) ? hash(path) : ""));
        }
        return contents;
    }

    private static String hash(Path file) {
        try {
            return Fingerprint.of(Files.readAllBytes(file)) + " " + Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
