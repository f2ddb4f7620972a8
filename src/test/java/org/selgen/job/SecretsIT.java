package org.selgen.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.lake.Lake;
import org.selgen.lake.LocalSpark;
import org.selgen.lake.Storage;
import org.selgen.stage.SmallQuickstart;

/** A real cluster that asks for a secret, by the template in conf; three secrets that must be found nowhere. */
@Tag("cluster")
public class SecretsIT {
    private static final String CANARY = "canary-5b1e";
    private static final String SECRET = CANARY + "-cluster";
    private static final String KEY = CANARY + "-judge";
    private static final String TOKEN = CANARY + "-hub";
    private static final String REPLY = """
            {"choices":[{"finish_reason":"stop","message":{"role":"assistant","content":"70"}}],
             "usage":{"prompt_tokens":9,"completion_tokens":1}}""";
    private static final Pattern PAGE = Pattern.compile("WebUI at (http://[0-9.:]+)|started at (http://[0-9.:]+)");

    @TempDir
    static Path folder;

    private static SmallQuickstart quickstart;
    private static HttpServer judge;
    private static TestCluster cluster;

    @BeforeAll
    static void startAll() throws IOException, InterruptedException {
        quickstart = SmallQuickstart.in(folder);
        judge = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        judge.createContext("/v1/chat/completions", exchange -> {
            exchange.getRequestBody().readAllBytes();
            boolean known =
                    ("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] reply = REPLY.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(known ? 200 : 401, reply.length);
            exchange.getResponseBody().write(reply);
            exchange.close();
        });
        judge.start();
        Files.createDirectories(folder.resolve("conf/rubrics"));
        Files.writeString(folder.resolve("conf/rubrics/kind.yaml"), """
                {name: kind, version: 1, mode: text, anchors: {}, prompt: "{question}{answer}"}
                """);
        Files.writeString(folder.resolve("conf/judges.yaml"), """
                kind: {llm: {rubric: kind, endpoint: {url: "http://127.0.0.1:%d/v1", model: toy, keyEnv: JUDGE_KEY}}}
                """.formatted(
                        judge.getAddress().getPort()));
        Files.createDirectories(folder.resolve("events"));
        Path spark = Files.createDirectories(folder.resolve("private"));
        write(spark.resolve("spark-defaults.conf"), SECRET);
        cluster = TestCluster.start(folder.resolve("cluster"), 1, Map.of("SPARK_CONF_DIR", spark.toString()));
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        judge.stop(0);
        cluster.close();
    }

    /** The template with a secret, for its owner's eyes. */
    private static Path write(Path file, String secret) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, Files.readString(Path.of("conf/spark-standalone.conf")) + """

                spark.executor.memory       1g
                spark.authenticate.secret   %s
                """.formatted(secret));
    }

    private static Submitted submitted(String secret) throws IOException {
        Path properties = folder.resolve("private/" + secret.hashCode() + ".conf");
        write(properties, secret);
        return quickstart.on(
                Map.of("JUDGE_KEY", KEY, "HF_TOKEN", TOKEN),
                cluster.url(),
                "lake",
                "--verbose",
                "--properties-file",
                properties.toString(),
                "--conf",
                "spark.eventLog.enabled=true",
                "--conf",
                "spark.eventLog.compress=false", // so that a word can be found in it
                "--conf",
                "spark.eventLog.dir=" + folder.resolve("events").toUri(),
                "--set",
                "methods=[standard]",
                "--set",
                "judges=[maths, confirmation, kind]");
    }

    @Test
    void secretsAreOnNoPageInNoCommandAndInNothingThatIsLeft() throws IOException, InterruptedException {
        Submitted run = submitted(SECRET);
        Map<String, String> seen = new TreeMap<>();
        while (run.isAlive()) {
            seen.putAll(pages(run.webPort())); // which costs the driver's time, while a command may be short-lived
            for (int often = 0; often < 10; often++) {
                seen.putAll(commands());
                Thread.sleep(200);
            }
        }
        assertThat(run.ended()).as(run.text()).isZero();
        assertThat(seen.keySet())
                .as("looked at")
                .anyMatch(page -> page.endsWith("/environment/"))
                .anyMatch(page -> page.endsWith("/environment"))
                .anyMatch(page -> page.contains("127.0.0.2"))
                .anyMatch(page -> page.startsWith("command"));
        assertThat(seen.values()).anyMatch(text -> text.contains("CoarseGrainedExecutorBackend"));
        assertThat(seen).allSatisfy((page, text) -> assertThat(text).doesNotContain(CANARY));
        assertThat(run.text()).doesNotContain(CANARY);
        assertThat(left()).isEmpty();
        Lake lake = Lake.open(LocalSpark::session, Storage.of(quickstart.lake("lake")));
        assertThat(lake.judgements().read().toString())
                .contains("kind@1-")
                .contains("score=70.0")
                .doesNotContain(CANARY);
        assertThat(lake.runs().read()).hasSize(2).asString().doesNotContain(CANARY);
    }

    @Test
    void aDriverWithAnotherSecretIsToldSoAtOnce() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        Submitted run = submitted("wrong");
        assertThat(run.ended()).as(run.text()).isEqualTo(2);
        assertThat(run.text()).contains("selgen: the master " + cluster.url() + " does not let this driver in (");
        assertThat((System.nanoTime() - begun) / 1e9)
                .as("seconds, of the minute that Spark takes")
                .isLessThan(30);
    }

    /** Of all processes that may be seen here. */
    private static Map<String, String> commands() {
        Map<String, String> commands = new TreeMap<>();
        ProcessHandle.allProcesses().map(ProcessHandle::pid).forEach(pid -> {
            try { // all of it: ProcessHandle itself gives the first 4096 characters
                commands.put("command " + pid, Files.readString(Path.of("/proc/" + pid + "/cmdline")));
            } catch (IOException e) {
                commands.putIfAbsent("command " + pid + " (gone)", e.getClass().getSimpleName());
            }
        });
        return commands;
    }

    /** Of driver, master and workers, those that are there. */
    private static Map<String, String> pages(int driver) throws IOException {
        List<String> urls = new ArrayList<>();
        try (Stream<Path> logs = Files.list(folder.resolve("cluster"))) {
            for (Path log :
                    logs.filter(file -> file.toString().endsWith(".log")).toList()) {
                PAGE.matcher(Files.readString(log))
                        .results()
                        .map(MatchResult::group)
                        .forEach(found -> {
                            String page = found.replaceAll(".* ", "");
                            urls.add(page);
                            urls.add(page + "/json/");
                        });
            }
        }
        String own = "http://127.0.0.1:" + driver;
        urls.addAll(List.of(own + "/environment/", own + "/executors/", own + "/jobs/"));
        String applications = own + "/api/v1/applications";
        urls.add(applications);
        Map<String, String> pages = new TreeMap<>();
        Pattern id = Pattern.compile("app-[0-9]+-[0-9]+");
        urls.forEach(url -> page(url, pages));
        id.matcher(pages.getOrDefault(applications, ""))
                .results()
                .map(MatchResult::group)
                .findFirst()
                .ifPresent(app -> page(applications + "/" + app + "/environment", pages));
        return pages;
    }

    private static void page(String url, Map<String, String> pages) {
        try (var in = URI.create(url).toURL().openStream()) {
            pages.put(url, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            pages.putIfAbsent(url + " (not there)", e.getClass().getSimpleName());
        }
    }

    /** Files with a secret in them, but for those that are there to hold it, which only their owner may read. */
    private static List<Path> left() throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                boolean itsPlace = file.startsWith(folder.resolve("private")) || file.endsWith("spark-defaults.conf");
                if (itsPlace) {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .as("%s", file)
                            .isEqualTo("rw-------");
                } else if (text(file).contains(CANARY)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
