package org.selgen.stage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.TestExperiment;
import org.selgen.data.Generation;
import org.selgen.data.Judgement;
import org.selgen.data.Question;
import org.selgen.stage.PrepareStage.OnLeak;

/** A toy experiment in an empty lake, with a judge behind an endpoint. */
public abstract class ServedLake {
    private static final String REPLY = """
            {"choices":[{"finish_reason":"length","message":{"content":"70"},"logprobs":{"content":[{"top_logprobs":
            [{"token":"70","logprob":-0.1}]}]}}],"usage":{"prompt_tokens":9,"completion_tokens":1}}""";

    @TempDir
    public Path folder;

    public final AtomicInteger calls = new AtomicInteger();
    public final AtomicBoolean failing = new AtomicBoolean();
    final StringWriter told = new StringWriter();
    public TestExperiment experiment;
    private HttpServer server;

    /** A setting that names the model. */
    public String model() {
        return "model=small";
    }

    /** What the server says. */
    public String reply(HttpExchange exchange) {
        return REPLY;
    }

    @BeforeEach
    final void layConfAndServe() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", exchange -> {
            calls.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            byte[] reply = reply(exchange).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(failing.get() ? 400 : 200, reply.length);
            exchange.getResponseBody().write(reply);
            exchange.close();
        });
        server.start();
        Files.createDirectories(folder.resolve("conf/rubrics"));
        Files.writeString(folder.resolve("conf/rubrics/kind.yaml"), """
                {name: kind, version: 1, mode: logprob, anchors: {}, prompt: "{question}{answer}"}
                """);
        experiment = TestExperiment.in(folder, model(), "judges=[maths, confirmation, kind-served]");
        judges("");
    }

    @AfterEach
    final void stop() {
        server.stop(0);
    }

    public final void judges(String more) throws IOException {
        Files.writeString(folder.resolve("conf/judges.yaml"), """
                kind-served: {llm: {rubric: kind, endpoint: {url: "http://127.0.0.1:%d/v1", model: toy%s}}}
                """.formatted(
                        server.getAddress().getPort(), more));
    }

    final Stages bench() throws IOException {
        return experiment.stages("lake", new ToyEngine(), told);
    }

    /** Prepared, with an answer of the base model to each question. */
    public final Stages generated() throws IOException {
        Stages bench = bench();
        bench.prepare(OnLeak.GO_ON);
        String run = bench.context().matrix().runs().get(0).run().id();
        String decoding = bench.context().experiment().decoding().key();
        List<Generation> answers = new ArrayList<>();
        for (Question question : bench.context().questions().values()) {
            String answer = "answer " + answers.size() / 2; // each twice
            answers.add(new Generation(run, question.dataset(), question.id(), 0, decoding, answer, "stop", 2));
        }
        bench.context().lake().generations().put(answers);
        return bench;
    }

    /** Verdicts of the judge behind the endpoint. */
    public static List<Judgement> rows(Stages bench) {
        return bench.context().lake().judgements().read().stream()
                .filter(row -> row.rubric().startsWith("kind@1-"))
                .toList();
    }
}
