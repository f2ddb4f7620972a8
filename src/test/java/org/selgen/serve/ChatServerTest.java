package org.selgen.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our server before the small model that ships with the project. */
class ChatServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static ServedTiny served;

    @BeforeAll
    static void serve() throws IOException {
        served = ServedTiny.open();
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    @Test
    void anAnswerIsThatOfTheAssistant() throws Exception {
        JsonNode reply = JSON.readTree(
                served.post(ServedTiny.asking(",\"max_tokens\":32")).body());
        assertThat(reply.at("/choices/0/message/content").asText()).isEqualTo(served.answer());
        assertThat(reply.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(reply.at("/usage/completion_tokens").asInt()).isPositive();
        assertThat(reply.at("/choices/0/logprobs").isNull()).isTrue();
    }

    @Test
    void logprobsAreThoseOfADistribution() throws Exception {
        JsonNode reply =
                JSON.readTree(served.post(ServedTiny.asking(",\"max_tokens\":32,\"logprobs\":true,\"top_logprobs\":20"))
                        .body());
        JsonNode tokens = reply.at("/choices/0/logprobs/content");
        assertThat(tokens).hasSize(reply.at("/usage/completion_tokens").asInt());
        for (JsonNode token : tokens) {
            List<Double> top = StreamSupport.stream(token.get("top_logprobs").spliterator(), false)
                    .map(t -> t.get("logprob").asDouble())
                    .toList();
            assertThat(top).hasSize(20).isSortedAccordingTo((a, b) -> Double.compare(b, a));
            assertThat(top.get(0)).isEqualTo(token.get("logprob").asDouble()); // greedy
            assertThat(top.stream().mapToDouble(Math::exp).sum()).isBetween(0.0, 1.0 + 1e-6);
        }
    }

    @Test
    void aStreamHoldsTheSameAnswerInPieces() throws Exception {
        HttpResponse<String> reply = served.post(
                ServedTiny.asking(",\"max_tokens\":32,\"stream\":true,\"stream_options\":{\"include_usage\":true}"));
        assertThat(reply.headers().firstValue("Content-Type")).contains("text/event-stream");
        List<String> events = reply.body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring(6))
                .toList();
        assertThat(events.get(events.size() - 1)).isEqualTo("[DONE]");
        List<JsonNode> pieces = new ArrayList<>();
        for (String event : events.subList(0, events.size() - 1)) {
            pieces.add(JSON.readTree(event));
        }
        assertThat(pieces.stream()
                        .map(p -> p.at("/choices/0/delta/content").asText())
                        .collect(Collectors.joining()))
                .isEqualToIgnoringWhitespace(served.answer());
        assertThat(pieces.get(pieces.size() - 2).at("/choices/0/finish_reason").asText())
                .isEqualTo("stop");
        assertThat(pieces.get(pieces.size() - 1).at("/usage/total_tokens").asInt())
                .isPositive();
    }

    @Test
    void theModelsAreListed() throws Exception {
        HttpResponse<String> reply = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(served.url() + "/models"))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(JSON.readTree(reply.body()).at("/data/0/id").asText()).isEqualTo("tiny");
    }

    private static JsonNode got(String path) throws IOException, InterruptedException {
        return JSON.readTree(HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(served.url() + path)).build(), BodyHandlers.ofString())
                .body());
    }

    @Test
    void aModelIsFoundByItsName() throws Exception {
        assertThat(got("/models/tiny").at("/id").asText()).isEqualTo("tiny");
        assertThat(got("/models/other").at("/error/message").asText()).contains("model 'other' is not known");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"model":                                                                          | 400 | not JSON
                    {"model":"other","messages":[{"role":"user","content":"a"}]}                       | 404 | model 'other' is not known
                    {"model":"tiny","messages":[]}                                                     | 400 | must end with a user's
                    {"model":"tiny","messages":[{"role":"tool","content":"a"}]}                        | 400 | role is 'tool'
                    {"model":"tiny","messages":[{"role":"user","content":"a"}],"n":99}                 | 400 | n is 99 but must be
                    {"model":"tiny","messages":[{"role":"user","content":"a"}],"temperature":-1}       | 400 | temperature is -1
                    {"model":"tiny","messages":[{"role":"user","content":"a"}],"top_logprobs":5}       | 400 | logprobs is not true
                    """)
    void aBadRequestIsToldWhy(String body, int status, String why) throws Exception {
        HttpResponse<String> reply = served.post(body);
        assertThat(reply.statusCode()).isEqualTo(status);
        assertThat(JSON.readTree(reply.body()).at("/error/message").asText()).contains(why);
    }

    @Test
    void aHugeBodyIsRefusedOnceItIsWritten() throws Exception {
        assertThat(served.post(" ".repeat(1 << 23)).statusCode()).isEqualTo(413);
    }

    @Test
    void aPromptBeyondTheContextIsRefusedAlsoInAStream() throws Exception {
        String longPrompt =
                ServedTiny.asking(",\"stream\":true").replace(ServedTiny.WORDS, (ServedTiny.WORDS + " ").repeat(500));
        HttpResponse<String> reply = served.post(longPrompt);
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(reply.body()).contains("tokens but must have at least 1 and at most", "fits the model's context");
    }
}
