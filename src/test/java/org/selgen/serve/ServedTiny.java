package org.selgen.serve;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.selgen.data.Message;
import org.selgen.http.ApiKey;
import org.selgen.lm.Assistant;
import org.selgen.lm.Decoding;
import org.selgen.lm.LanguageModel;
import org.selgen.lm.StreamingGenerator;
import org.selgen.tensor.DType;

/** The small model that ships with the project, behind our server on a port of its own. */
record ServedTiny(LanguageModel model, ChatServer server) implements AutoCloseable {
    static final String WORDS = "what is the capital of france ?";

    static ServedTiny open() throws IOException {
        LanguageModel model = LanguageModel.open(Path.of("data-lake/models/tiny"), DType.F32);
        return new ServedTiny(
                model,
                new ChatServer(
                        Map.of("tiny", new StreamingGenerator(model)),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        ApiKey.NONE,
                        Clock.systemUTC()));
    }

    String url() {
        return "http://127.0.0.1:" + server.port() + "/v1";
    }

    HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return post("/chat/completions", body);
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url() + path))
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
    }

    static String asking(String more) {
        return "{\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"" + WORDS + "\"}],\"temperature\":0"
                + more + "}";
    }

    /** What the assistant says to the words. */
    String answer() {
        return new Assistant(model, Decoding.greedy(32)).reply(List.of(Message.user(WORDS)));
    }

    @Override
    public void close() {
        server.close();
        model.close();
    }
}
