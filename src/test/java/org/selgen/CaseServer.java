package org.selgen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that answers a chat call with what a file of cases says for the {@code CASE-name} in it; others not at all. */
final class CaseServer implements AutoCloseable {
    private static final Pattern CASE = Pattern.compile("CASE-(\\w+)");

    private final HttpServer server;
    private final JsonNode cases;

    CaseServer(Path file) throws IOException {
        cases = JsonMapper.builder().build().readTree(file.toFile());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Matcher name = CASE.matcher(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            if (name.find()) {
                JsonNode reply = cases.path(name.group(1));
                byte[] body = reply.path("body").toString().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(reply.path("status").asInt(200), body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
