package org.selgen.judge.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selgen.judge.Court.NEVER_STOP;
import static org.selgen.judge.Court.endpoint;
import static org.selgen.judge.Court.undisturbed;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.selgen.judge.BatchJudge.Counts;
import org.selgen.judge.Court;
import org.selgen.judge.endpoint.CrookedServer.Misbehaviour;

/** Whatever the server does, the final table is that of a server that behaves. */
class MisbehavingServerTest {
    static Stream<Arguments> moods() {
        return Stream.of(
                mood("slow", (exchange, good, time) -> {
                    if (time == 1) {
                        CrookedServer.sleep(800);
                    }
                    return false;
                }),
                first("500", 500, "text/plain", "Internal error"),
                first("502 of a proxy", 502, "text/html", "<html>Bad gateway</html>"),
                first("429 without Retry-After", 429, "application/json", "{\"error\":{\"message\":\"slow down\"}}"),
                mood("429 with Retry-After", (exchange, good, time) -> {
                    if (time > 1) {
                        return false;
                    }
                    exchange.getResponseHeaders().set("Retry-After", "0.05");
                    CrookedServer.send(exchange, 429, "application/json", "{}");
                    return true;
                }),
                mood("cut connection", (exchange, good, time) -> {
                    if (time > 2) {
                        return false;
                    }
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, 100_000);
                    OutputStream out = exchange.getResponseBody();
                    out.write("{\"choices\":[".getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    return true; // closing it now cuts it
                }),
                mood("half a JSON", (exchange, good, time) -> {
                    if (time > 1) {
                        return false;
                    }
                    CrookedServer.send(exchange, 200, "application/json", good.substring(0, good.length() / 2));
                    return true;
                }),
                mood("wrong content type", (exchange, good, time) -> {
                    if (time > 1) {
                        return false;
                    }
                    CrookedServer.send(exchange, 200, "text/html", good);
                    return true;
                }),
                changed("empty log-probs", "\"top_logprobs\":\\[[^\\]]*\\]", "\"top_logprobs\":[]"),
                changed("no log-probs at all", "\"logprobs\":\\{.*?\\]\\}\\]\\}", "\"logprobs\":null"),
                changed("a log-probability above 0", "-0.69314718\\}", "7.5}"),
                changed("an infinite log-probability", "-0.69314718\\}", "-1e999}"),
                changed("no choices", "\"choices\"", "\"chances\""),
                first("an empty body", 200, "application/json", ""),
                mood("a flood of errors", new Misbehaviour() {
                    private final AtomicInteger all = new AtomicInteger();

                    @Override
                    public boolean spoil(com.sun.net.httpserver.HttpExchange exchange, String good, int time)
                            throws IOException {
                        if (all.incrementAndGet() > 60) {
                            return false;
                        }
                        CrookedServer.send(exchange, 500, "text/plain", "no");
                        return true;
                    }
                }));
    }

    private static Arguments mood(String name, Misbehaviour mood) {
        return Arguments.of(name, mood);
    }

    private static Arguments first(String name, int status, String type, String body) {
        return mood(name, (exchange, good, time) -> {
            if (time > 1) {
                return false;
            }
            CrookedServer.send(exchange, status, type, body);
            return true;
        });
    }

    private static Arguments changed(String name, String from, String to) {
        return mood(name, (exchange, good, time) -> {
            if (time > 1) {
                return false;
            }
            String bad = good.replaceAll("\\s*\n\\s*", "").replaceAll(from, to);
            assertThat(bad).contains(to);
            CrookedServer.send(exchange, 200, "application/json", bad);
            return true;
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("moods")
    void aMisbehavingServerLeavesTheTableOfAnUndisturbedRun(String name, Misbehaviour mood)
            throws IOException, InterruptedException {
        try (CrookedServer server = new CrookedServer(mood)) {
            Court court = new Court();
            for (int verb = 0;
                    verb < 5
                            && court.judge(new HttpChatModel(endpoint(server.url())), 12, NEVER_STOP)
                                            .errors()
                                    > 0;
                    verb++) {}
            assertThat(court.read()).isEqualTo(undisturbed(12));
            assertThat(server.calls.get()).isGreaterThan(12); // it did misbehave
        }
    }

    @Test
    void aServerThatRestartsInTheMiddleLeavesTheTableOfAnUndisturbedRun() throws Exception {
        try (CrookedServer server = new CrookedServer((exchange, good, time) -> {
            CrookedServer.sleep(10);
            return false;
        })) {
            Court court = new Court();
            HttpChatModel model = new HttpChatModel(endpoint(server.url()));
            Thread restarting = new Thread(() -> {
                try {
                    while (server.calls.get() < 20) {
                        Thread.sleep(5);
                    }
                    server.restart(100);
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            restarting.start();
            Counts result = court.judge(model, 100, NEVER_STOP);
            restarting.join();
            assertThat(result.errors()).isZero();
            assertThat(court.read()).isEqualTo(undisturbed(100));
        }
    }
}
