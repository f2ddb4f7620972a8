package org.selgen.judge.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real server of the protocol whose replies follow from the prompt alone, and which misbehaves at first as it is
 * told.
 */
public final class CrookedServer implements AutoCloseable {
    /** What it does instead of replying. */
    public interface Misbehaviour {
        /** Whether it dealt with the exchange. */
        boolean spoil(HttpExchange exchange, String good, int time) throws IOException;
    }

    public static final Misbehaviour GOOD = (exchange, good, time) -> false;
    private static final ObjectMapper JSON = new ObjectMapper();

    public final AtomicInteger calls = new AtomicInteger();
    final AtomicInteger inside = new AtomicInteger();
    public final AtomicInteger mostInside = new AtomicInteger();
    private final Map<String, AtomicInteger> times = new ConcurrentHashMap<>();
    private final Misbehaviour mood;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    public CrookedServer(Misbehaviour mood) throws IOException {
        this.mood = mood;
        this.server = start(0);
    }

    private HttpServer start(int port) throws IOException {
        HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        made.createContext("/v1/chat/completions", this::handle);
        made.setExecutor(threads);
        made.start();
        return made;
    }

    /** Goes away, connections cut, and comes back at the same place. */
    void restart(int awayMillis) throws IOException, InterruptedException {
        int port = server.getAddress().getPort();
        server.stop(0);
        Thread.sleep(awayMillis);
        server = start(port);
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    private void handle(HttpExchange exchange) throws IOException {
        calls.incrementAndGet();
        mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
        try (exchange) {
            JsonNode request = JSON.readTree(exchange.getRequestBody());
            String prompt = request.path("messages").path(0).path("content").asText();
            int time = times.computeIfAbsent(prompt, p -> new AtomicInteger()).incrementAndGet();
            String good = good(prompt);
            if (!mood.spoil(exchange, good, time)) {
                send(exchange, 200, "application/json", good);
            }
        } finally {
            inside.decrementAndGet();
        }
    }

    /** The reply of a server that behaves. */
    static String good(String prompt) {
        int number = 10 + Math.floorMod(prompt.hashCode(), 90);
        return """
                {"id":"x","object":"chat.completion","choices":[{"index":0,"finish_reason":"length",
                 "message":{"role":"assistant","content":"%d"},
                 "logprobs":{"content":[{"token":"%d","logprob":-0.69314718,"top_logprobs":[
                   {"token":"%d","logprob":-0.69314718},{"token":" %d","logprob":-1.38629436}]}]}}],
                 "usage":{"prompt_tokens":100,"completion_tokens":1,"total_tokens":101}}
                """.formatted(number, number, number, number + 1);
    }

    public static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    public static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
