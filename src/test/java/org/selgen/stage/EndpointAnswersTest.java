package org.selgen.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.BadInput;
import org.selgen.data.Generation;
import org.selgen.data.Run;
import org.selgen.http.ApiKey;
import org.selgen.lm.Adapter;
import org.selgen.lm.LanguageModel;
import org.selgen.lm.StreamingGenerator;
import org.selgen.serve.ChatServer;
import org.selgen.stage.PrepareStage.OnLeak;
import org.selgen.tensor.DType;

/** Generation by our own server: one lake of a base model and a trained run, whose answers each test has given by another name. */
@Tag("slow")
class EndpointAnswersTest {
    private static final String EPOCH = "training.epochs=1";
    private static final String LONG = "decoding.maxTokens=16";
    private static final String KEY = "sk-canary-77c1e0d2";

    @TempDir
    static Path folder;

    private static SmallExperiment small;
    private static LanguageModel base;
    private static ChatServer server;
    private static final Map<String, StreamingGenerator> served = new LinkedHashMap<>();
    private static final List<Adapter> adapters = new ArrayList<>();

    private StringWriter told = new StringWriter();

    @BeforeAll
    static void trainAndServe() throws IOException {
        small = SmallExperiment.in(folder);
        Stages here = small.bench("lake", EPOCH, LONG);
        here.prepare(OnLeak.STOP);
        here.trainAndGenerate();
        base = LanguageModel.open(Path.of("data-lake/models/tiny"), DType.F32);
        served.put("tiny", new StreamingGenerator(base));
        for (Run run : here.context().finished()) {
            if (!run.adapter().isEmpty()) {
                Path there = here.context().lake().root().resolve(run.adapter());
                adapters.add(Adapter.read(there, base.decoder().config()));
                served.put(run.id(), new StreamingGenerator(base.with(adapters.get(adapters.size() - 1))));
            }
        }
        server = serve(served, ApiKey.NONE);
    }

    private static ChatServer serve(Map<String, StreamingGenerator> models, ApiKey key) throws IOException {
        return new ChatServer(
                models, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), key, Clock.systemUTC());
    }

    @AfterAll
    static void close() {
        server.close();
        adapters.forEach(Adapter::close);
        base.close();
    }

    @BeforeEach
    void listen() {
        told = new StringWriter();
    }

    /** Stages of the experiment with its answers given by a server, under a name of their own. */
    private Stages asking(int port, String by, String endpoint, String... settings) throws IOException {
        List<String> all = new ArrayList<>(List.of(settings));
        all.addAll(List.of(EPOCH, LONG));
        all.add("generation={endpoint: {url: 'http://127.0.0.1:" + port + "/v1', model: tiny, atOnce: 4" + endpoint
                + "}, by: " + by + "}");
        return small.experiment().stages("lake", new LocalEngine(), told, all.toArray(String[]::new));
    }

    private static List<Generation> by(Stages stages, String by) {
        return stages.context()
                .lake()
                .generations()
                .read(row -> by.isEmpty()
                        ? !row.decoding().contains(",by=")
                        : row.decoding().contains(",by=" + by));
    }

    private static List<String> beside(List<Generation> rows) {
        return SmallExperiment.sorted(rows.stream()
                .map(row -> new Generation(
                        row.run(),
                        row.dataset(),
                        row.question(),
                        row.sample(),
                        "",
                        row.answer(),
                        row.finish(),
                        row.tokens())));
    }

    @Test
    void greedyAnswersOfOurServerAreThoseOfThisMachine() throws IOException {
        Stages asking = asking(server.port(), "equal", "");
        asking.generate();
        List<Generation> here = by(asking, "");
        assertThat(here).extracting(Generation::run).contains(served.keySet().toArray(String[]::new)[1]);
        assertThat(beside(by(asking, "equal"))).isEqualTo(beside(here));
        assertThat(told.toString()).contains("needs " + here.size() + " calls", "calls=" + here.size() + " retries=0");
    }

    @Test
    void aRerunAsksNobodyAndTheJudgesReadTheServersAnswers() throws IOException {
        try (ChatServer first = serve(served, ApiKey.NONE)) {
            asking(first.port(), "once", "").generate();
        }
        Stages again = asking(1, "once", ""); // where nobody listens
        again.generate();
        assertThat(told.toString()).contains("generate: nothing is missing");
        List<Generation> answers = by(again, "once");
        assertThat(answers).isNotEmpty();
        again.judge();
        assertThat(again.context()
                        .lake()
                        .judgements()
                        .read(row -> row.decoding().contains(",by=once,model=tiny")
                                && row.rubric().startsWith("maths@")))
                .hasSameSizeAs(answers);
        assertThat(again.plan(OnLeak.GO_ON, () -> 1e9, () -> 2).notes())
                .anyMatch(note -> note.startsWith("generate: 127.0.0.1:1/v1 needs at most 0 calls")
                        && note.endsWith("; how long they take is the endpoint's"));
    }

    @Test
    void aSpentBudgetKeepsWhatWasPaidAndTheNextVerbAsksForTheRestAlone() throws IOException {
        assertThatThrownBy(() -> asking(server.port(), "spent", ", maxCalls: 5").generate())
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("the budget of generation.endpoint is spent and")
                .hasMessageContaining("run again to go on");
        Stages next = asking(server.port(), "spent", "");
        assertThat(by(next, "spent")).hasSize(5);
        int all = by(next, "").size();
        assertThat(next.plan(OnLeak.GO_ON, () -> 1e9, () -> 2).notes())
                .anyMatch(note -> note.contains("needs at most " + (all - 5) + " calls"));
        next.generate();
        assertThat(by(next, "spent")).hasSize(all);
        assertThat(told.toString()).contains("calls=" + (all - 5) + " retries=0");
    }

    @Test
    void drawsCarryTemperatureAndSeedsOfTheirOwn() throws IOException {
        String[] drawn = {"decoding.temperature=2", "decoding.topP=0.99", "decoding.samples=2", "decoding.seed=3"};
        Stages one = asking(server.port(), "drawn-1", "", drawn);
        one.generate();
        asking(server.port(), "drawn-2", "", drawn).generate();
        List<Generation> rows = by(one, "drawn-1");
        assertThat(rows).hasSize(2 * by(one, "").size());
        assertThat(rows)
                .extracting(Generation::decoding)
                .containsOnly("t=2.0,p=0.99,max=16,seed=3,by=drawn-1,model=tiny");
        assertThat(beside(by(one, "drawn-2"))).isEqualTo(beside(rows));
        assertThat(texts(rows, 0)).isNotEqualTo(texts(rows, 1));
    }

    private static List<String> texts(List<Generation> rows, int sample) {
        return rows.stream()
                .filter(row -> row.sample() == sample)
                .sorted(Comparator.comparing(row -> row.run() + row.dataset() + row.question()))
                .map(Generation::answer)
                .toList();
    }

    @Test
    void aSettingThatTheServerRefusesEndsTheVerb() throws IOException {
        Stages hot = asking(server.port(), "hot", "", "decoding.temperature=3");
        assertThatThrownBy(hot::generate)
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(
                        "the endpoint refuses temperature as the experiment's decoding.temperature has it")
                .hasMessageContaining("temperature is 3.0 but must be a number from 0.0 to 2.0");
        assertThat(by(hot, "hot")).isEmpty();
    }

    @Test
    void aRunThatTheServerLacksIsRefusedBeforeAnyCall() throws IOException {
        String run = new ArrayList<>(served.keySet()).get(1);
        try (ChatServer alone = serve(Map.of("tiny", new StreamingGenerator(base)), ApiKey.NONE)) {
            Stages asking = asking(alone.port(), "lacking", "");
            assertThatThrownBy(asking::generate)
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("run " + run + " (kl-penalty")
                    .hasMessageContaining("does not list (it lists tiny); serve the lake's adapters/" + run);
            assertThat(by(asking, "lacking")).isEmpty();
        }
    }

    @Test
    void theKeyReachesTheServerAndNoTableAndNoLine() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), KEY);
        try (ChatServer guarded = serve(served, ApiKey.of(KEY, "test", "key"))) {
            assertThatThrownBy(() -> asking(guarded.port(), "nobody", "").generate())
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("answers 401");
            Stages asking = asking(guarded.port(), "keyed", ", keyFile: " + file);
            asking.generate();
            assertThat(by(asking, "keyed")).hasSameSizeAs(by(asking, ""));
            assertThat(asking.context().lake().generations().read().toString()).doesNotContain("canary");
            assertThat(asking.context().lake().tasks().read().toString()).doesNotContain("canary");
            assertThat(told.toString()).contains("generate: ").doesNotContain("canary");
        }
    }
}
