package org.selgen.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.selgen.data.BadInput;
import org.selgen.lm.StreamingGenerator;
import org.selgen.lm.StreamingGenerator.Result;
import org.selgen.lm.StreamingGenerator.StreamedToken;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Models by name behind {@code /v1/chat/completions} and {@code /v1/models}. One answer is generated at a time. Up to
 * {@value #WAITING} requests are open, this one included; further ones get status 429 with Retry-After. A body may have
 * up to one MiB. There is no key: open the server to a network only where every user of it may use the models.
 */
public final class ChatServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChatServer.class);
    private static final int LONGEST_BODY = 1 << 20;
    private static final int MOST_DRAINED = 1 << 24;
    private static final int THREADS = 64;
    private static final int WAITING = 48;

    private final Map<String, StreamingGenerator> models;
    private final Clock clock;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "serve");
        thread.setDaemon(true);
        return thread;
    });
    private final Semaphore waiting = new Semaphore(WAITING);
    private final Semaphore turn = new Semaphore(1, true);
    private final AtomicLong number = new AtomicLong();

    /**
     * Starts at once.
     *
     * @param address port 0 takes a free one
     */
    public ChatServer(Map<String, StreamingGenerator> models, InetSocketAddress address, Clock clock)
            throws IOException {
        this.models = Map.copyOf(models);
        this.clock = clock;
        this.server = HttpServer.create(address, 0);
        server.createContext("/", exchange -> answer(exchange, this::dispatch));
        server.setExecutor(threads);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Handles one exchange. */
    private interface Handler {
        void handle(HttpExchange exchange) throws IOException, BadRequest;
    }

    private void answer(HttpExchange exchange, Handler handler) {
        try (exchange) {
            try {
                handler.handle(exchange);
            } catch (BadRequest e) {
                if (e.status() == 429) {
                    exchange.getResponseHeaders().set("Retry-After", "1");
                }
                send(exchange, e.status(), ChatReply.error(e.status(), String.valueOf(e.getMessage())));
            } catch (BadInput | IllegalArgumentException e) { // of the model, as a prompt longer than its context
                send(exchange, 400, ChatReply.error(400, String.valueOf(e.getMessage())));
            } catch (UncheckedIOException e) {
                LOG.debug("a client went away", e);
            } catch (RuntimeException e) {
                LOG.error("a request failed", e);
                send(exchange, 500, ChatReply.error(500, "the request failed; the server's log says why"));
            }
        } catch (IOException e) {
            LOG.debug("a client went away", e);
        }
    }

    private void dispatch(HttpExchange exchange) throws IOException, BadRequest {
        String what =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        switch (what) {
            case "GET /v1/models" ->
                send(
                        exchange,
                        200,
                        ChatReply.models(
                                new TreeSet<>(models.keySet()), clock.instant().getEpochSecond()));
            case "POST /v1/chat/completions" -> complete(exchange);
            default ->
                throw new BadRequest(
                        404, what + " is not known; there are GET /v1/models and POST /v1/chat/completions");
        }
    }

    private void complete(HttpExchange exchange) throws IOException, BadRequest {
        byte[] body = exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
        if (body.length > LONGEST_BODY) {
            drain(exchange.getRequestBody());
            throw new BadRequest(413, "the body has more than " + LONGEST_BODY + " bytes; shorten it");
        }
        ChatRequest request = ChatRequest.parse(body);
        StreamingGenerator model = models.get(request.model());
        if (model == null) {
            throw new BadRequest(
                    404, "model '" + request.model() + "' is not known; there are " + new TreeSet<>(models.keySet()));
        }
        ChatReply reply = new ChatReply(
                "chatcmpl-" + number.incrementAndGet(), clock.instant().getEpochSecond(), request);
        if (!waiting.tryAcquire()) {
            throw new BadRequest(429, "too many requests wait; try again later");
        }
        try {
            turn.acquireUninterruptibly();
            try {
                if (request.stream()) {
                    stream(exchange, model, reply);
                } else {
                    whole(exchange, model, reply);
                }
            } finally {
                turn.release();
            }
        } finally {
            waiting.release();
        }
    }

    /** Reads the rest of the body, within bounds: a client that is cut off while it writes may never read the reply. */
    private static void drain(InputStream body) throws IOException {
        byte[] some = new byte[1 << 16];
        int read = 0;
        for (int n = 0; n >= 0 && read < MOST_DRAINED; n = body.read(some)) {
            read += n;
        }
    }

    private static void whole(HttpExchange exchange, StreamingGenerator model, ChatReply reply) throws IOException {
        List<StreamedToken> tokens = new ArrayList<>();
        ChatRequest request = reply.request();
        Result result = model.generate(request.chat(), request.decoding(), request.top(), tokens::add);
        send(exchange, 200, reply.whole(tokens, result));
    }

    /** Server-sent events. The headers go out with the first token, so that a refused prompt still gets its status. */
    private static void stream(HttpExchange exchange, StreamingGenerator model, ChatReply reply) throws IOException {
        ChatRequest request = reply.request();
        Events events = new Events(exchange);
        Result result = model.generate(request.chat(), request.decoding(), request.top(), token -> {
            if (events.fresh()) {
                events.send(reply.first());
            }
            events.send(reply.chunk(token));
        });
        reply.last(result).forEach(events::send);
        events.send("[DONE]");
        events.end();
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
