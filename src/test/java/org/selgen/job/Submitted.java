package org.selgen.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A {@code selgen} command in a process of its own, as a user starts it, and what it and its Spark say meanwhile. */
public final class Submitted {
    private static final long MINUTES = 4;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LAST_WORDS_MILLIS = 10_000; // a process of its own may keep them open

    private final Process process;
    private final Thread reader = new Thread(this::read, "reader");
    private final int webPort;
    private final List<String> said = new CopyOnWriteArrayList<>();

    private Submitted(Process process, int webPort) {
        this.process = process;
        this.webPort = webPort;
        reader.setDaemon(true);
        reader.start();
    }

    public static Submitted command(Map<String, String> environment, String... verb) throws IOException {
        return command(List.of(), environment, verb);
    }

    /**
     * A command begun by another.
     *
     * @param inside the command that begins it where it must be, as {@code ip netns exec NAME}; then it has no web page here
     */
    public static Submitted command(List<String> inside, Map<String, String> environment, String... verb)
            throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        List<String> words = new ArrayList<>(inside);
        words.add("jobs/selgen");
        words.addAll(List.of(verb));
        words.addAll(List.of("--conf", "spark.ui.port=" + port));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new Submitted(builder.start(), port);
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
            }
        } catch (IOException e) {
            said.add("(its words broke off: " + e + ")"); // as they do when it is killed
        }
    }

    String text() {
        return String.join("\n", said);
    }

    boolean hasSaid(String words) {
        return said.stream().anyMatch(line -> line.contains(words));
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(1, TimeUnit.MINUTES);
    }

    /** As {@code STOP}, after which it does nothing until {@code CONT}. */
    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
        if (kill.waitFor() != 0) {
            throw new IllegalStateException("no " + name + " for it; it said:\n" + text());
        }
    }

    /** Waits for something that must happen before the command ends. */
    void until(BooleanSupplier happened) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
        while (!happened.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("it did not happen; the command said:\n" + text());
            }
            Thread.sleep(20);
        }
    }

    /** Waits for the end and its last words; gives the exit code. */
    int ended() throws InterruptedException {
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException("it did not end; it said:\n" + text());
        }
        reader.join(LAST_WORDS_MILLIS);
        return process.exitValue();
    }

    /** Of its web pages. */
    int webPort() {
        return webPort;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** A worker whose executor has a task in hand now, counted from 1; 0 if none has. */
    int busy() {
        return busyOnes().stream().findFirst().orElse(0);
    }

    /** All such workers. */
    Set<Integer> busyOnes() {
        Set<Integer> busy = new TreeSet<>();
        for (JsonNode executor : executors()) {
            String host = executor.path("hostPort").asText().replaceAll(":.*", "");
            if (executor.path("activeTasks").asInt() > 0
                    && executor.path("isActive").asBoolean()) {
                busy.add(Integer.parseInt(host.replaceAll(".*\\.", "")) - 1);
            }
        }
        return busy;
    }

    /** How many tasks have begun, lost ones too. */
    int begun() {
        int begun = 0;
        for (JsonNode executor : executors()) {
            begun += executor.path("activeTasks").asInt()
                    + executor.path("completedTasks").asInt()
                    + executor.path("failedTasks").asInt();
        }
        return begun;
    }

    /** What one of its web pages says. */
    String page(String path) throws IOException {
        try (InputStream in =
                URI.create("http://127.0.0.1:" + webPort + path).toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** All that there are and were; none if its web page is not there yet. */
    private JsonNode executors() {
        String all = "http://127.0.0.1:" + webPort + "/api/v1/applications";
        try {
            String id = JSON.readTree(URI.create(all).toURL()).at("/0/id").asText();
            return JSON.readTree(URI.create(all + "/" + id + "/allexecutors").toURL());
        } catch (IOException e) {
            return JSON.createArrayNode();
        }
    }
}
