package org.selgen.judge.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selgen.data.BadInput;
import org.selgen.data.Message;
import org.selgen.judge.JudgeModel.Unanswered;
import org.selgen.judge.endpoint.AnswerRequest.Answered;
import org.selgen.judge.endpoint.CrookedServer.Misbehaviour;

/** What is asked of a server that gives an experiment's answers, and what counts as one. */
class AnswerRequestTest {
    private static final String REPLY = """
            {"choices":[{"finish_reason":"%s","message":{"content":" it is paris . "}}],
             "usage":{"prompt_tokens":9,"completion_tokens":%d}}""";

    /** Refuses one parameter, and keeps all requests. */
    private record Server(String refused, String reply, Queue<JsonNode> seen) implements Misbehaviour {
        Server(String refused, String reply) {
            this(refused, reply, new ConcurrentLinkedQueue<>());
        }

        @Override
        public boolean spoil(HttpExchange exchange, String good, int time) {
            throw new AssertionError("it heeds what is asked");
        }

        @Override
        public boolean spoil(HttpExchange exchange, JsonNode request, String good, int time) throws IOException {
            seen.add(request);
            boolean refuses = request.has(refused);
            String error = "{\"error\":{\"message\":\"Unsupported parameter: " + refused + "\",\"param\":null}}";
            CrookedServer.send(exchange, refuses ? 400 : 200, "application/json", refuses ? error : reply);
            return true;
        }
    }

    private static AnswerRequest request(float temperature) {
        return new AnswerRequest(
                "run-1", List.of(Message.user("hi")), 7, temperature, 0.9f, 5, Map.of("enable_thinking", false));
    }

    private static Answered ask(Server server, float temperature) throws Exception {
        try (CrookedServer served = new CrookedServer(server)) {
            return new HttpChatModel(Endpoint.of(served.url(), "base")).answer(request(temperature));
        }
    }

    @Test
    void everySettingIsSentAndTheAnswerHasItsTokens() throws Exception {
        Server server = new Server("nothing", REPLY.formatted("stop", 5));
        assertThat(ask(server, 0.7f)).isEqualTo(new Answered("it is paris .", "stop", 5));
        assertThat(server.seen().remove())
                .hasToString(
                        "{\"model\":\"run-1\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"max_tokens\":7,"
                                + "\"temperature\":0.7,\"top_p\":0.9,\"seed\":5,\"top_k\":-1,\"repetition_penalty\":1.0,"
                                + "\"chat_template_kwargs\":{\"enable_thinking\":false}}");
        ask(server, 0);
        assertThat(server.seen().remove().has("seed")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "max_tokens, decoding.maxTokens",
        "temperature, decoding.temperature",
        "top_p, decoding.topP",
        "seed, decoding.seed",
        "chat_template_kwargs, chat.variables",
    })
    void aRefusedSettingIsNeverLeftOut(String parameter, String setting) {
        Server server = new Server(parameter, REPLY.formatted("stop", 5));
        assertThatThrownBy(() -> ask(server, 0.7f))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("refuses " + parameter + " as the experiment's " + setting + " has it")
                .hasMessageContaining("Unsupported parameter");
        assertThat(server.seen()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"top_k", "repetition_penalty"})
    void whatChangesNothingIsLeftOutWhereItIsNotKnown(String parameter) throws Exception {
        Server server = new Server(parameter, REPLY.formatted("length", 7));
        assertThat(ask(server, 0)).isEqualTo(new Answered("it is paris .", "length", 7));
        assertThat(server.seen()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"content_filter, 5, ended with 'content_filter'", "abort, 5, ended with 'abort'", "stop, 0, usage"})
    void whatDidNotEndAsAnAnswerIsNone(String finish, int tokens, String why) {
        assertThatThrownBy(() -> ask(new Server("nothing", REPLY.formatted(finish, tokens)), 0))
                .isInstanceOf(Unanswered.class)
                .hasMessageContaining(why);
    }

    @Test
    void answersAreKeptWhileOthersAreStillAwaited() throws Exception {
        CountDownLatch kept = new CountDownLatch(1);
        PaidCalls<Integer> calls = new PaidCalls<>(2);
        calls.make(
                List.of(1, 2),
                item -> {
                    if (item == 2 && !kept.await(30, TimeUnit.SECONDS)) {
                        throw new IllegalStateException("nothing was kept");
                    }
                    return item;
                },
                some -> kept.countDown());
        assertThat(calls.kept()).isEqualTo(2);
    }

    @Test
    void aFailureOfAllKeepsWhatIsInFlightAndBeginsNothingMore() {
        Queue<Integer> begun = new ConcurrentLinkedQueue<>();
        Queue<Integer> kept = new ConcurrentLinkedQueue<>();
        CountDownLatch both = new CountDownLatch(2);
        PaidCalls<Integer> calls = new PaidCalls<>(2);
        List<Integer> items = IntStream.range(0, 1000).boxed().toList();
        assertThatThrownBy(() -> calls.make(
                        items,
                        item -> {
                            begun.add(item);
                            both.countDown();
                            both.await();
                            if (item == 0) {
                                throw new BadInput("no such model");
                            }
                            Thread.sleep(50);
                            return item;
                        },
                        kept::addAll))
                .isInstanceOf(BadInput.class)
                .hasMessage("no such model");
        assertThat(begun).hasSizeLessThan(10);
        assertThat(kept).hasSize(begun.size() - 1);
    }

    @Test
    void failedAnswersAreCountedWithTheirReasonsAndTheOthersKept() throws Exception {
        PaidCalls<Integer> calls = new PaidCalls<>(2);
        calls.make(
                List.of(1, 2, 3, 4),
                item -> {
                    if (item < 3) {
                        throw new Unanswered("no luck", "");
                    }
                    return item;
                },
                some -> {});
        assertThat(calls.kept()).isEqualTo(2);
        assertThat(calls.failed()).isEqualTo(2);
        assertThat(calls.reasons()).isEqualTo("2 times: no luck");
    }
}
