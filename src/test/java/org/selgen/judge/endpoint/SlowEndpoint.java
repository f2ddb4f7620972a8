package org.selgen.judge.endpoint;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * A program for jobs/cluster/judging: an endpoint that answers at once under {@code /answers}, and under {@code /judge} after some
 * time, counting how many calls it has in flight. {@code /stats} tells, and begins anew; {@code /calls} tells how many have ended.
 */
final class SlowEndpoint {
    private static final String REPLY = """
            {"choices":[{"finish_reason":"stop","message":{"role":"assistant","content":"%s"},"logprobs":{"content":[
            {"token":"70","logprob":-0.1,"top_logprobs":[{"token":"70","logprob":-0.1}]}]}}],
            "usage":{"prompt_tokens":9,"completion_tokens":3}}""";

    private static final long START_NANOS = 30_000_000_000L;

    private final long latencyMillis;
    private final Map<Integer, Integer> times = new HashMap<>(); // by the hash of the request
    private int inside;
    private int most;
    private long begun;
    private long changed;
    private double area; // of calls in flight over time, call · ns
    private double areaAtLastEnd;
    private double areaAtStart; // when START_NANOS had gone by, in which programs load and compile
    private long started;
    private long lastEnd;

    private SlowEndpoint(long latencyMillis) {
        this.latencyMillis = latencyMillis;
    }

    /** Serves until it is killed: its words are port (0 for any) and milliseconds. */
    public static void main(String[] words) throws IOException {
        SlowEndpoint endpoint = new SlowEndpoint(Long.parseLong(words[1]));
        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(words[0])), 512);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/answers/v1/chat/completions", exchange -> {
            String request = body(exchange);
            send(exchange, "application/json", REPLY.formatted("answer " + Integer.toHexString(request.hashCode())));
        });
        server.createContext("/judge/v1/chat/completions", endpoint::judge);
        server.createContext("/calls", exchange -> send(exchange, "text/plain", Integer.toString(endpoint.calls())));
        server.createContext("/stats", exchange -> send(exchange, "text/plain", endpoint.stats()));
        server.start();
        System.out.println(server.getAddress().getPort());
    }

    private void judge(HttpExchange exchange) throws IOException {
        String request = body(exchange);
        change(1);
        try {
            Thread.sleep(latencyMillis);
            synchronized (this) {
                times.merge(request.hashCode(), 1, Integer::sum);
            }
            change(-1);
            send(exchange, "application/json", REPLY.formatted("70"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void change(int by) {
        long now = System.nanoTime();
        if (begun == 0) {
            begun = now;
            changed = now;
        }
        area += (double) inside * (now - changed);
        changed = now;
        if (started == 0 && now - begun >= START_NANOS) {
            started = now;
            areaAtStart = area;
        }
        inside += by;
        most = Math.max(most, inside);
        if (by < 0) {
            areaAtLastEnd = area;
            lastEnd = now;
        }
    }

    private synchronized int calls() {
        return times.values().stream().mapToInt(Integer::intValue).sum();
    }

    private synchronized String stats() {
        double seconds = (lastEnd - begun) / 1e9;
        String stats = String.format(
                Locale.ROOT,
                "calls=%d again=%d seconds=%.1f mean-in-flight=%.1f after-30-s=%.1f most=%d%n",
                calls(),
                calls() - times.size(),
                seconds,
                areaAtLastEnd / 1e9 / seconds,
                started == 0 ? Double.NaN : (areaAtLastEnd - areaAtStart) / (lastEnd - started),
                most);
        begun = 0;
        started = 0;
        area = 0;
        most = 0;
        times.clear();
        return stats;
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, String type, String text) throws IOException {
        try (exchange) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
