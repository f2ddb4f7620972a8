package org.selgen.serve;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Server-sent events of one exchange. */
final class Events {
    private final HttpExchange exchange;
    private boolean fresh = true;

    Events(HttpExchange exchange) {
        this.exchange = exchange;
    }

    /** Whether nothing has been sent yet. */
    boolean fresh() {
        return fresh;
    }

    /** @throws UncheckedIOException if the client has closed the connection */
    void send(String data) {
        try {
            if (fresh) {
                exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
                exchange.getResponseHeaders().set("Cache-Control", "no-cache");
                exchange.sendResponseHeaders(200, 0);
                fresh = false;
            }
            exchange.getResponseBody().write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void end() throws IOException {
        exchange.getResponseBody().close();
    }
}
