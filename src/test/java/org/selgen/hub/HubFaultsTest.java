package org.selgen.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.selgen.hub.HubFolder.text;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.selgen.data.BadInput;
import org.selgen.hub.HubServer.Fault;

/** A server that misbehaves: what comes is complete and verified, or refused, and never a broken file under a final name. */
class HubFaultsTest {
    @TempDir
    private Path home;

    private HubFolder folder;
    private HubServer server;

    @BeforeEach
    void serve() throws IOException {
        folder = new HubFolder(home);
        server = new HubServer(HubFolder.toy());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** What it does to a file's first requests. */
    private static Arguments first(String name, int times, Fault mood) {
        return Arguments.of(name, (Fault)
                (exchange, body, time) -> body.length > 0 && time <= times && mood.spoil(exchange, body, time));
    }

    private static Arguments always(String says, Fault mood) {
        return Arguments.of(
                says, (Fault) (exchange, body, time) -> body.length > 0 && mood.spoil(exchange, body, time));
    }

    static Stream<Arguments> passing() {
        return Stream.of(
                first("cut twice", 2, (e, body, time) -> HubServer.cut(e, body, body.length / (4 - time))),
                first(
                        "cut, then the range ignored",
                        3,
                        (e, body, time) ->
                                time == 1 ? HubServer.cut(e, body, body.length / 2) : HubServer.send(e, 200, body)),
                first("wrong bytes", 1, (e, body, time) -> HubServer.send(e, 200, HubFolder.reversed(body))),
                first(
                        "cut in wrong bytes",
                        1,
                        (e, body, time) -> HubServer.cut(e, HubFolder.reversed(body), body.length - 1)),
                first(
                        "too many bytes",
                        1,
                        (e, body, time) -> HubServer.send(e, 200, Arrays.copyOf(body, body.length + 9))),
                first(
                        "too few bytes",
                        1,
                        (e, body, time) -> HubServer.send(e, 200, Arrays.copyOf(body, body.length - 1))),
                first(
                        "another range",
                        2,
                        (e, body, time) -> time == 1 ? HubServer.cut(e, body, body.length - 3) : anotherRange(e, body)),
                first("no bytes", 1, (e, body, time) -> HubServer.send(e, 200, new byte[0])),
                first("hung up", 1, (e, body, time) -> true),
                first("500", 2, (e, body, time) -> HubServer.send(e, 500, text("down"))),
                first("502", 1, (e, body, time) -> HubServer.send(e, 502, new byte[0])),
                first("416", 1, (e, body, time) -> HubServer.send(e, 416, new byte[0])),
                first("429", 1, (e, body, time) -> busy(e, 429, "1")),
                first("503", 1, (e, body, time) -> busy(e, 503, "0")),
                first("429 with a strange wait", 1, (e, body, time) -> busy(e, 429, "soon")),
                first(
                        "moved",
                        1,
                        (e, body, time) -> moved(e, 307, e.getRequestURI().getPath() + "?again")),
                Arguments.of("the list fails at first", (Fault)
                        (e, body, time) -> body.length == 0 && time == 1 && HubServer.send(e, 503, new byte[0])),
                Arguments.of("the list is cut", (Fault) (e, body, time) ->
                        body.length == 0 && time == 1 && HubServer.send(e, 200, text("{\"sha\": \"01"))));
    }

    private static boolean anotherRange(HttpExchange exchange, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Range", "bytes 0-2/" + body.length);
        return HubServer.send(exchange, 206, Arrays.copyOf(body, 3));
    }

    private static boolean busy(HttpExchange exchange, int status, String seconds) throws IOException {
        exchange.getResponseHeaders().set("Retry-After", seconds);
        return HubServer.send(exchange, status, new byte[0]);
    }

    static boolean moved(HttpExchange exchange, int status, String to) throws IOException {
        exchange.getResponseHeaders().set("Location", to);
        return HubServer.send(exchange, status, new byte[0]);
    }

    private static boolean error(HttpExchange exchange, int status, String code) throws IOException {
        exchange.getResponseHeaders().set("X-Error-Code", code);
        return HubServer.send(exchange, status, text("words of a stranger"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("passing")
    void aFaultThatPassesIsOvercome(String name, Fault mood) throws IOException {
        server.mood = mood;
        folder.assertWhole(folder.hub(server).folder(HubFolder.TOY), server);
    }

    static Stream<Arguments> lasting() {
        return Stream.of(
                always("came with a wrong checksum", (e, body, t) -> HubServer.send(e, 200, HubFolder.reversed(body))),
                always(
                        "bytes that the Hub lists",
                        (e, body, t) -> HubServer.send(e, 200, Arrays.copyOf(body, body.length + 1))),
                always("was cut at byte 0 of", (e, body, t) -> HubServer.send(e, 200, new byte[0])),
                always("answers 500", (e, body, t) -> HubServer.send(e, 500, new byte[0])),
                always("and asks to wait for 999 s", (e, body, t) -> busy(e, 429, "999")),
                always(
                        "redirects more than 5 times",
                        (e, body, t) -> moved(e, 302, e.getRequestURI().getPath())),
                always("redirects to a place that is not http", (e, body, t) -> moved(e, 302, "file:///etc/passwd")),
                always("redirects to a place that is not http", (e, body, t) -> moved(e, 302, "")),
                always("redirects to no address", (e, body, t) -> moved(e, 302, "http://[")),
                always("cannot be reached", (e, body, t) -> {
                    HubRetries.sleep(2000); // longer than a connection may stay silent
                    return true;
                }),
                always("there is no such model or file", (e, body, t) -> HubServer.send(e, 404, new byte[0])),
                Arguments.of("gated, private or not there; ask for access at http://127.0.0.1", (Fault)
                        (e, body, t) -> error(e, 401, "GatedRepo")),
                Arguments.of("put your token in HF_TOKEN", (Fault) (e, body, t) -> error(e, 403, "GatedRepo")),
                Arguments.of("no revision 'main'", (Fault) (e, body, t) -> error(e, 404, "RevisionNotFound")),
                Arguments.of("correct the name", (Fault) (e, body, t) -> error(e, 404, "RepoNotFound")),
                Arguments.of("answers 418", (Fault) (e, body, t) -> error(e, 418, "x")),
                Arguments.of("is not JSON", (Fault) (e, body, t) -> HubServer.send(e, 200, text("<html>"))),
                Arguments.of("bytes; check HF_ENDPOINT", (Fault)
                        (e, body, t) -> HubServer.send(e, 200, new byte[(16 << 20) + 1])));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lasting")
    void aFaultThatStaysIsARefusalAndLeavesNothingBroken(String says, Fault mood) throws IOException {
        server.mood = mood;
        Hub hub = folder.hub(server);
        assertThatThrownBy(() -> hub.folder(HubFolder.TOY))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("odel 'org/toy'")
                .hasMessageContaining(says)
                .hasMessageNotContaining("stranger");
        assertThat(hub.list()).isEmpty();
        folder.assertNothingBroken();
    }
}
