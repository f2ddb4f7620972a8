package org.selgen.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Hub with one model, which misbehaves as it is told. */
public final class HubServer implements AutoCloseable {
    /** What it does instead of a good reply. */
    public interface Fault {
        /**
         * Whether it dealt with the exchange.
         *
         * @param body of the good reply; an empty one for the list of files
         * @param time how often this path was asked for, from 1
         */
        boolean spoil(HttpExchange exchange, byte[] body, int time) throws IOException;
    }

    public static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final long LARGE = 100_000_000;
    static final Fault GOOD = (exchange, body, time) -> false;

    /** Each request as {@code path token range}. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    final Map<String, byte[]> files = new TreeMap<>();
    private final Map<String, Path> large = new TreeMap<>();
    private final Map<String, AtomicInteger> times = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile String listing = "";
    private volatile String commit = COMMIT;

    /** Asked about the list of files, and then about each file. */
    Fault mood = GOOD;

    public HubServer(Map<String, byte[]> files) throws IOException {
        this.files.putAll(files);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** With the files of a folder; large ones stay on the disk. */
    public static HubServer of(Path folder) throws IOException {
        Map<String, byte[]> small = new TreeMap<>();
        Map<String, Path> large = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                String name = String.valueOf(file.getFileName());
                if (Files.size(file) > LARGE) {
                    large.put(name, file);
                } else {
                    small.put(name, Files.readAllBytes(file));
                }
            }
        }
        HubServer server = new HubServer(small);
        server.large.putAll(large);
        return server;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Lists this instead of the files it has. */
    void list(String json) {
        listing = json;
    }

    /** Has another revision from now on. */
    public void move(String newCommit, String file, byte[] bytes) {
        files.put(file, bytes);
        commit = newCommit;
    }

    /** How often a file was asked for. */
    public long asked(String file) {
        return asked.stream()
                .filter(line -> line.split(" ", 2)[0].endsWith("/" + file))
                .count();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(path + " " + exchange.getRequestHeaders().getFirst("Authorization") + " "
                + exchange.getRequestHeaders().getFirst("Range"));
        int time = times.computeIfAbsent(path, p -> new AtomicInteger()).incrementAndGet();
        String name = path.substring(path.lastIndexOf('/') + 1);
        byte[] body = path.startsWith("/api/") ? new byte[0] : files.getOrDefault(name, new byte[0]);
        try (exchange) {
            if (mood.spoil(exchange, body, time)) {
                return;
            }
            if (path.startsWith("/api/")) {
                send(exchange, 200, (listing.isEmpty() ? listing() : listing).getBytes(StandardCharsets.UTF_8));
            } else if (large.containsKey(name)) {
                exchange.sendResponseHeaders(200, Files.size(large.get(name)));
                Files.copy(large.get(name), exchange.getResponseBody());
            } else if (files.containsKey(name)) {
                file(exchange, body);
            } else {
                send(exchange, 404, new byte[0]);
            }
        }
    }

    /** The good reply to a file's request, its part if one is asked for. */
    static void file(HttpExchange exchange, byte[] body) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (range == null) {
            send(exchange, 200, body);
            return;
        }
        int from = Integer.parseInt(range.replaceAll("\\D", ""));
        exchange.getResponseHeaders()
                .set("Content-Range", "bytes " + from + "-" + (body.length - 1) + "/" + body.length);
        send(exchange, 206, Arrays.copyOfRange(body, from, body.length));
    }

    static boolean send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
        return true;
    }

    /** Promises more than it sends, and hangs up. */
    static boolean cut(HttpExchange exchange, byte[] body, int after) throws IOException {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body, 0, after);
        exchange.getResponseBody().flush();
        return true;
    }

    String listing() throws IOException {
        List<String> entries = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            entries.add(entry(file.getKey(), file.getValue()));
        }
        for (Map.Entry<String, Path> file : large.entrySet()) {
            entries.add(entry(file.getKey(), file.getValue()));
        }
        return listing(entries).replace(COMMIT, commit);
    }

    static String listing(List<String> entries) {
        return "{\"id\": \"org/toy\", \"sha\": \"" + COMMIT + "\", \"siblings\": ["
                + entries.stream().collect(Collectors.joining(",\n")) + "]}";
    }

    /** As the Hub lists a file: large ones by SHA-256, small ones by git's SHA-1. */
    static String entry(String name, byte[] bytes) throws IOException {
        Path file = Files.write(Files.createTempFile("hub", "entry"), bytes);
        try {
            return entry(name, file);
        } finally {
            Files.delete(file);
        }
    }

    private static String entry(String name, Path file) throws IOException {
        long size = Files.size(file);
        String sha1 = RemoteFile.checksum(file, 40);
        String sha256 = RemoteFile.checksum(file, 64);
        return name.endsWith(".json")
                ? "{\"rfilename\": \"%s\", \"size\": %d, \"blobId\": \"%s\"}".formatted(name, size, sha1)
                : "{\"rfilename\": \"%s\", \"size\": %d, \"blobId\": \"%s\", \"lfs\": {\"sha256\": \"%s\", \"size\": %d, \"pointerSize\": 134}}"
                        .formatted(name, size, sha1, sha256, size);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
