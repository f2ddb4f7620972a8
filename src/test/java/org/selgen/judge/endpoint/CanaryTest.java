package org.selgen.judge.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.BadInput;
import org.selgen.data.Judgement;
import org.selgen.judge.BatchJudge;
import org.selgen.judge.Court;
import org.selgen.judge.LlmJudge;
import org.selgen.judge.RubricTest;
import org.selgen.judge.endpoint.CrookedServer.Misbehaviour;

/** The key reaches the endpoint and nothing else, even where the endpoint says it back. */
class CanaryTest {
    private static final String KEY = "sk-canary-5f0e7a91";

    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void writeKey() throws IOException {
        file = Files.writeString(folder.resolve("key"), KEY + "\n");
    }

    private Endpoint endpoint(String url) {
        return new Endpoint(url, "toy", null, file.toString(), 2, 4, 2, 1, 1, 0, 0, 0, 0);
    }

    /** Everything that is seen of a run: rows, errors with their causes, texts of objects, and what was printed. */
    private String traces(Misbehaviour mood) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        PrintStream err = System.err;
        StringWriter seen = new StringWriter();
        try (CrookedServer server = new CrookedServer(mood);
                PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(both);
            System.setErr(both);
            Endpoint endpoint = endpoint(server.url());
            HttpChatModel model = new HttpChatModel(endpoint);
            LlmJudge judge = new LlmJudge(RubricTest.RUBRIC, model);
            List<Judgement> rows = new ArrayList<>();
            try {
                new BatchJudge(judge, rows).judge(Court.answers(3), 1, rows::addAll);
            } catch (BadInput e) {
                e.printStackTrace(new PrintWriter(seen));
            }
            seen.append(rows + "\n" + endpoint + model + judge + judge.rubric() + model.budget() + endpoint.key());
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        return seen + printed.toString(StandardCharsets.UTF_8);
    }

    /** Says the request's own key back. */
    private static Misbehaviour echo(int status, String type, String body) {
        return (exchange, good, time) -> {
            String key = exchange.getRequestHeaders().getFirst("Authorization");
            assertThat(key).isEqualTo("Bearer " + KEY);
            CrookedServer.send(exchange, status, type, body.replace("KEY", key));
            return true;
        };
    }

    @Test
    void aServerThatSaysTheKeyBackDoesNotSpreadIt() throws Exception {
        String reply = """
                {"choices":[{"finish_reason":"stop KEY","message":{"content":"KEY"},"logprobs":{"content":[
                {"top_logprobs":[{"token":"KEY","logprob":-0.1}]}]}}]}""";
        for (Misbehaviour mood : List.of(
                echo(200, "application/json", reply),
                echo(200, "application/json", "{\"choices\": KEY"),
                echo(200, "application/json", reply.replace("-0.1", "\"KEY\"")),
                echo(200, "text/KEY", "KEY"),
                echo(400, "application/json", "bad key KEY"),
                echo(401, "application/json", "wrong key KEY"),
                echo(429, "application/json", "KEY is too fast"),
                echo(500, "text/plain", "KEY"))) {
            assertThat(traces(mood)).contains("(secret)").doesNotContain(KEY).doesNotContain("canary");
        }
    }

    @Test
    void theModelThatHoldsTheKeyCannotBeSerialized() throws IOException {
        HttpChatModel model = new HttpChatModel(endpoint("http://127.0.0.1:1/v1"));
        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            Assertions.assertThatThrownBy(() -> out.writeObject(model))
                    .isInstanceOf(NotSerializableException.class)
                    .hasMessageContaining("HttpChatModel");
        }
    }

    @Test
    void aKeyWithASpaceIsRefusedWithoutBeingShown() throws IOException {
        Files.writeString(file, KEY + " x");
        Assertions.assertThatThrownBy(() -> new HttpChatModel(endpoint("http://127.0.0.1:1/v1")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("must hold the endpoint's key")
                .hasMessageNotContaining("canary");
    }

    @Test
    void aKeyInTheUrlIsRefusedWithoutBeingShown() {
        Assertions.assertThatThrownBy(() -> Endpoint.of("http://me:" + KEY + "@host/v1", "toy"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("http://(secret)@host/v1")
                .hasMessageNotContaining("canary");
    }

    @Test
    void aMissingKeyNamesItsPlace() {
        Endpoint endpoint =
                new Endpoint("http://127.0.0.1:1/v1", "toy", "SELGEN_NO_SUCH_KEY", null, 2, 4, 2, 1, 1, 0, 0, 0, 0);
        Assertions.assertThatThrownBy(() -> new HttpChatModel(endpoint))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("the environment variable SELGEN_NO_SUCH_KEY must hold the endpoint's key");
    }
}
