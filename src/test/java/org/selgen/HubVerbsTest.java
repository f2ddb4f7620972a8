package org.selgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.Run;
import org.selgen.hub.Hub;
import org.selgen.hub.HubServer;
import org.selgen.hub.ModelId;
import org.selgen.lake.Lake;
import org.selgen.lake.LocalSpark;
import picocli.CommandLine;

/** Every verb that reads a model, given the name of one on a Hub of this machine, which holds the shipped model. */
@Tag("slow")
class HubVerbsTest {
    private static final ModelId NAME = new ModelId("org", "verbs", "main");
    private static final String NEWER = "89abcdef89abcdef89abcdef89abcdef89abcdef";

    @TempDir
    static Path folder;

    private static HubServer server;
    private static Hub hub;
    private static TestExperiment experiment;

    private static String home() {
        return String.valueOf(System.getenv("HF_HOME"));
    }

    @BeforeAll
    static void fetchAndDoAll() throws IOException {
        assumeThat(home())
                .as("HF_HOME, a cache of the tests' own, which the build sets")
                .contains("target");
        LocalSpark.session(); // the verbs take the session that there is
        server = HubServer.of(Path.of("data-lake/models/tiny"));
        hub = Hub.of(Map.of("HF_ENDPOINT", server.url(), "HF_HOME", home()), folder, line -> {});
        hub.fetch(NAME);
        experiment = TestExperiment.in(folder, "model=" + NAME, "judges=[maths, confirmation, local]");
        Files.createDirectories(folder.resolve("conf/rubrics"));
        Files.writeString(
                folder.resolve("conf/rubrics/kind.yaml"),
                "{name: kind, version: 1, mode: logprob, anchors: {}, prompt: \"{question}{answer}\"}");
        Files.writeString(
                folder.resolve("conf/judges.yaml"),
                "local: {local: {rubric: kind, model: %s, maxErrors: 1}}".formatted(NAME));
        StringWriter told = new StringWriter();
        assertThat(selgen(told, "run", experiment.file().toString(), "--lake", lake()))
                .as(told.toString())
                .isZero();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static String lake() {
        return experiment.lake("lake").toString();
    }

    private static int selgen(StringWriter told, String... words) {
        CommandLine command = Main.command();
        command.setOut(new PrintWriter(told, true));
        command.setErr(new PrintWriter(told, true));
        return command.execute(words);
    }

    private static String said(String... words) {
        StringWriter told = new StringWriter();
        assertThat(selgen(told, words)).as(told.toString()).isZero();
        return told.toString();
    }

    private static List<Run> runs() throws IOException {
        return Lake.open(LocalSpark.session(), experiment.lake("lake")).runs().read();
    }

    @Test
    void everyRunRecordsTheRevisionItWasMadeWith() throws IOException {
        assertThat(runs()).hasSize(2).allMatch(run -> HubServer.COMMIT.equals(run.revision()));
        assertThat(Path.of(lake(), "report/toy/index.html")).content().contains(HubServer.COMMIT);
        assertThat(said("query", "SELECT DISTINCT revision FROM health", "--lake", lake(), "--format", "csv"))
                .contains(HubServer.COMMIT);
    }

    @Test
    void everyAnswerIsReadByTheHubsModelToo() throws IOException {
        assertThat(Lake.open(LocalSpark.session(), experiment.lake("lake"))
                        .judgements()
                        .read())
                .filteredOn(row -> row.rubric().startsWith("kind@1"))
                .hasSize(2 * 12);
    }

    @Test
    void doingItAgainAsksTheHubForNothing() {
        long before = server.asked("model.safetensors");
        assertThat(said("run", experiment.file().toString(), "--lake", lake())).contains("train: nothing is missing");
        assertThat(server.asked("model.safetensors")).isEqualTo(before);
    }

    private static String trained() throws IOException {
        return runs().stream()
                .filter(each -> !each.adapter().isEmpty())
                .findFirst()
                .orElseThrow()
                .id();
    }

    @Test
    void itIsTalkedToAloneAndUnderARun() throws IOException {
        String question = "what is the capital of france ?";
        assertThat(said("chat", "--model", NAME.toString(), question)).contains("paris");
        assertThat(said("chat", "--model", NAME.toString(), "--lake", lake(), "--run", trained(), question))
                .isNotBlank();
    }

    @Test
    void aRunOnItIsExportedAsAModelThatAnswersAsTheRunDoes() throws IOException {
        String question = "what is the capital of france ?";
        String whole = folder.resolve("whole").toString();
        said("export", trained(), whole, "--lake", lake());
        said("model", "verify", whole);
        assertThat(said("chat", "--model", whole, question))
                .isEqualTo(said("chat", "--model", NAME.toString(), "--lake", lake(), "--run", trained(), question));
    }

    @Test
    void itIsServedByItsNameWithItsRuns() throws IOException, InterruptedException {
        StringWriter told = new StringWriter();
        Thread serving = new Thread(
                () -> selgen(told, "serve", "--model", NAME.toString(), "--lake", lake(), "--port", "0"), "serve");
        serving.start();
        Matcher address = Pattern.compile("http://\\S+:(\\d+)/v1").matcher("");
        while (serving.isAlive() && !address.reset(told.toString()).find()) {
            Thread.sleep(20);
        }
        try (var in = URI.create("http://127.0.0.1:" + address.group(1) + "/v1/models")
                .toURL()
                .openStream()) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).contains("\"verbs\"");
        } finally {
            serving.interrupt();
            serving.join();
        }
    }

    /** The last, since the model is another one after it. */
    @Test
    void anotherRevisionIsTold() throws IOException {
        List<String> before = new ArrayList<>(runs().stream().map(Run::id).toList());
        HubServer other = HubServer.of(Path.of("data-lake/models/tiny"));
        other.move(NEWER, "generation_config.json", "{\"eos_token_id\": 3}".getBytes(StandardCharsets.UTF_8));
        ModelId pinned = new ModelId("org", "verbs", "next");
        try (other) {
            Hub.of(Map.of("HF_ENDPOINT", other.url(), "HF_HOME", home()), folder, line -> {})
                    .fetch(pinned);
        }
        Path refs = hub.cache().resolve("models--org--verbs/refs");
        Files.writeString(refs.resolve("main"), NEWER);
        try {
            assertThat(said("plan", experiment.file().toString(), "--lake", lake()))
                    .contains(
                            "another revision: the model 'org/verbs' is here at " + NEWER + ", but 2 runs of this lake"
                                    + " were made with " + HubServer.COMMIT,
                            "give model: org/verbs@" + HubServer.COMMIT);
            assertThat(said(
                            "plan",
                            experiment.file().toString(),
                            "--lake",
                            lake(),
                            "--set",
                            "model=org/verbs@" + HubServer.COMMIT))
                    .contains(before.get(0))
                    .contains("train: 0 of 2 runs to do");
        } finally {
            Files.writeString(refs.resolve("main"), HubServer.COMMIT);
        }
    }
}
