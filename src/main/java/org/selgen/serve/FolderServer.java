package org.selgen.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.selgen.http.ApiKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of one folder, for browsers of this machine to read; nothing outside it, and nothing that a dot hides. */
public final class FolderServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FolderServer.class);
    private static final int THREADS = 8;
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml",
            "png", "image/png",
            "pdf", "application/pdf",
            "csv", "text/csv; charset=utf-8");

    private final Path folder;
    private final AccessRules access;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "folder");
        thread.setDaemon(true);
        return thread;
    });

    /** Starts at once, at a port that is free. */
    public FolderServer(Path folder) throws IOException {
        InetSocketAddress here =
                ServedAddress.of(InetAddress.getLoopbackAddress().getHostAddress(), 0);
        this.folder = folder.toRealPath();
        this.access = new AccessRules(ApiKey.NONE, here.getAddress());
        this.server = ServedAddress.bound(here);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /** Where the folder is found. */
    public String address() {
        return "http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort() + "/";
    }

    private void answer(HttpExchange exchange) {
        try (exchange) {
            try {
                access.check(exchange);
                send(exchange, file(exchange));
            } catch (BadRequest e) {
                byte[] why = String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(e.status(), why.length);
                exchange.getResponseBody().write(why);
            }
        } catch (IOException e) {
            LOG.debug("a client went away", e);
        }
    }

    private Path file(HttpExchange exchange) throws IOException, BadRequest {
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            throw new BadRequest(405, method + " is not done here; GET reads a file");
        }
        String path = exchange.getRequestURI().getPath();
        String name = path.equals("/") ? "index.html" : path.substring(1);
        if (name.startsWith(".") || name.contains("/.") || name.contains("\u0000") || name.contains("\\")) {
            throw absent(path);
        }
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file) || !file.toRealPath().startsWith(folder)) {
            throw absent(path);
        }
        return file;
    }

    private static BadRequest absent(String path) {
        return new BadRequest(404, "there is no file " + path);
    }

    private static void send(HttpExchange exchange, Path file) throws IOException {
        String name = file.getFileName().toString();
        exchange.getResponseHeaders()
                .set(
                        "Content-Type",
                        TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream"));
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders().set("Cache-Control", "no-cache");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        try (InputStream in = Files.newInputStream(file)) {
            exchange.sendResponseHeaders(200, Files.size(file));
            try (OutputStream out = exchange.getResponseBody()) {
                in.transferTo(out);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
