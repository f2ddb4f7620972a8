package org.selgen.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.TestExperiment;
import org.selgen.chat.ChatFiles;
import org.selgen.chat.ChatSettings;
import org.selgen.data.BadInput;
import org.selgen.data.Question;
import org.selgen.data.Run;
import org.selgen.experiment.ExperimentContext;
import org.selgen.experiment.ExperimentRows;
import org.selgen.experiment.RunMatrix;
import org.selgen.experiment.RunSpec;
import org.selgen.job.ChatJob;
import org.selgen.job.ServeJob;
import picocli.CommandLine;

/** {@code chat} of an experiment, from its file to the model that is asked. */
class ChatSettingsTest {
    private static final String MODEL = TestExperiment.TINY.replaceFirst("model=", "");
    private static final String TELLS =
            "{{ raise_exception('asked with mood ' ~ mood ~ ' on ' ~ strftime_now('%d %b')) }}";
    private static final String TURNS = """
            {{ bos_token }}{% for turn in messages %}
            {{ turn.role }}
            {{ turn.content }}{{ eos_token if turn.role == 'assistant' }}
            {% endfor %}
            {% if add_generation_prompt %}
            assistant
            {% endif %}
            """;

    @TempDir
    Path folder;

    private SmallExperiment small;

    @BeforeEach
    void lay() throws IOException {
        small = SmallExperiment.in(folder);
    }

    private static List<String> ids(Stages bench) throws IOException {
        return bench.context().matrix(new RunMatrix.Hashes("data", "")).runs().stream()
                .map(order -> order.run().id())
                .toList();
    }

    @Test
    void whatIsSetIsInAllIdsAndSilenceInNone() throws IOException {
        List<String> ids = ids(small.bench("lake"));
        assertThat(ids(small.bench("lake", "chat.variables.enable_thinking=false")))
                .isEqualTo(ids);
        for (String other :
                List.of("chat.variables.enable_thinking=true", "chat.date=2026-01-31", "chat.template='{{ 1 }}'")) {
            assertThat(ids(small.bench("lake", other)))
                    .as(other)
                    .hasSameSizeAs(ids)
                    .doesNotContainAnyElementsOf(ids);
        }
    }

    @Test
    void aTemplatesFileIsFoundFromTheExperimentAndItsTextDecides() throws IOException {
        Path file = Files.writeString(small.conf().resolveSibling("mine.jinja"), TURNS);
        Stages bench = small.bench("lake", "chat.template=mine.jinja");
        assertThat(bench.context().experiment().chat().template()).isEqualTo(TURNS);
        List<String> ids = ids(bench);
        Files.writeString(file, TURNS + " ");
        assertThat(ids(small.bench("lake", "chat.template=mine.jinja"))).doesNotContainAnyElementsOf(ids);
        assertThatThrownBy(() -> small.bench("lake", "chat.template=yours.jinja"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("yours.jinja cannot be read");
    }

    @Test
    @Tag("slow")
    void aRunIsTrainedByItsTemplateAndAskedByItAfterwards() throws IOException {
        Stages plain = small.bench("plain", "training.epochs=1");
        RunSpec other = SmallExperiment.train(plain, step -> {}).get(0);
        Stages bench =
                small.bench("lake", "training.epochs=1", "chat.template=" + quoted(TURNS), "chat.date=2026-09-01");
        RunSpec run = SmallExperiment.train(bench, step -> {}).get(0);
        Path adapter = SmallExperiment.adapter(bench, run);
        assertThat(SmallExperiment.tensors(adapter))
                .isNotEqualTo(SmallExperiment.tensors(SmallExperiment.adapter(plain, other)));
        ChatSettings kept = ChatFiles.read(adapter.resolveSibling(""));
        assertThat(kept).isEqualTo(bench.context().experiment().chat());
        Files.writeString(adapter.resolveSibling("chat_template.jinja"), TELLS);
        String lake = small.lake("lake").toString();
        assertThat(refused(
                        "--lake", lake, "--model", MODEL, "--run", run.run().id(), "--chat-variable", "mood=2", "hi"))
                .contains("asked with mood 2 on 01 Sep");
    }

    @Test
    void questionsAreAskedByTheTemplate() throws IOException {
        ExperimentContext context = small.bench(
                        "lake", "chat.template=" + quoted(TELLS), "chat.variables.mood=7", "chat.date=2026-09-01")
                .context();
        Run base =
                context.matrix(new RunMatrix.Hashes("data", "")).runs().get(0).run();
        List<Question> asked = ExperimentRows.make(context.experiment(), context.catalog(), context.tables())
                .questions()
                .get("test");
        GenerationRequest request = new GenerationRequest(
                context.experiment(),
                base,
                MODEL,
                "",
                "base",
                asked.stream()
                        .map(question -> new GenerationRequest.Asked(question, 0))
                        .toList(),
                1);
        assertThatThrownBy(() -> new LocalEngine().generate(request, some -> {}))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("asked with mood 7 on 01 Sep");
    }

    private static String quoted(String text) {
        return '"' + text.replace("\n", "\\n") + '"';
    }

    /** What the verb {@code chat} is refused with. */
    private static String refused(String... words) {
        StringWriter out = new StringWriter();
        int code = new CommandLine(new ChatJob())
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    out.append(String.valueOf(failure.getMessage()));
                    return 2;
                })
                .execute(words);
        assertThat(code).isEqualTo(2);
        return out.toString();
    }

    @Test
    void chatAsksAsItsOptionsSay() throws IOException {
        Path file = Files.writeString(folder.resolve("t.jinja"), TELLS);
        assertThat(refused(
                        "--model",
                        MODEL,
                        "--chat-template",
                        "" + file,
                        "--chat-variable",
                        "mood=good",
                        "--chat-date",
                        "2026-02-03",
                        "hi"))
                .contains("asked with mood good on 03 Feb");
        assertThat(refused("--model", MODEL, "--chat-variable", "mood", "hi"))
                .contains("--chat-variable is 'mood' but must be NAME=VALUE");
    }

    @Test
    void theServerAsksAsItsOptionsSay() throws Exception {
        Path file = Files.writeString(folder.resolve("t.jinja"), TELLS);
        StringWriter out = new StringWriter();
        Thread server = new Thread(() -> new CommandLine(new ServeJob())
                .setOut(new PrintWriter(out))
                .execute(
                        "--port",
                        "0",
                        "--model",
                        MODEL,
                        "--chat-template",
                        "" + file,
                        "--chat-variable",
                        "mood=1",
                        "--chat-date",
                        "2026-02-03"));
        server.start();
        try {
            String body = "{\"model\": \"tiny\", \"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]}";
            HttpRequest request = HttpRequest.newBuilder(URI.create(url(out, server) + "/chat/completions"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(request, BodyHandlers.ofString())
                            .body())
                    .contains("asked with mood 1 on 03 Feb");
        } finally {
            server.interrupt();
            server.join();
        }
    }

    private static String url(StringWriter out, Thread server) throws InterruptedException {
        while (server.isAlive()) {
            Matcher said = Pattern.compile("http://\\S+/v1").matcher(out.toString());
            if (said.find()) {
                return said.group();
            }
            Thread.sleep(20);
        }
        throw new AssertionError("the server ended: " + out);
    }
}
