package org.selgen.serve;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Server-sent events of one exchange. */
final class Events {
    private final HttpExchange exchange;
    private final WriteDeadline deadline;
    private boolean fresh = true;

    Events(HttpExchange exchange, WriteDeadline deadline) {
        this.exchange = exchange;
        this.deadline = deadline;
    }

    /** Whether nothing has been sent yet. */
    boolean fresh() {
        return fresh;
    }

    /** @throws UncheckedIOException if the client has closed the connection, or has not read for too long */
    void send(String data) {
        try {
            deadline.write(() -> write(data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String data) throws IOException {
        if (fresh) {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.getResponseHeaders().set("Cache-Control", "no-cache");
            exchange.sendResponseHeaders(200, 0);
            fresh = false;
        }
        exchange.getResponseBody().write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    void end() throws IOException {
        deadline.write(() -> exchange.getResponseBody().close());
    }
}
