package org.selgen.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.selgen.Main;
import org.selgen.TestExperiment;
import org.selgen.data.Judgement;
import org.selgen.stage.ServedLake;
import org.selgen.stage.Stages;

/** A judge's key, in the environment of the process alone, is in nothing that a run leaves. */
@Tag("slow")
class SecretsTest extends ServedLake {
    private static final String KEY = "sk-canary-77d1b0c4";

    @Override
    public String model() {
        return TestExperiment.TINY;
    }

    /** Says the key back, which it must have been given. */
    @Override
    public String reply(HttpExchange exchange) {
        String key = exchange.getRequestHeaders().getFirst("Authorization");
        assertThat(key).isEqualTo("Bearer " + KEY);
        failing.set(calls.get() > 2); // some rows of either kind
        return failing.get()
                ? "no, " + key
                : super.reply(exchange).replace("\"message\"", "\"said\":\"" + key + "\",\"message\"");
    }

    /** What the verb says in a process of its own, its log at the finest and its events kept. */
    private String judged() throws IOException, InterruptedException {
        List<String> words =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
        words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(word -> word.startsWith("--add-opens") || word.startsWith("-XX:+Ignore"))
                .toList());
        words.addAll(List.of(
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        words.addAll(List.of("judge", experiment.file().toString(), "--verbose"));
        words.addAll(List.of("--lake", folder.resolve("lake").toString(), "--master", "local[1]"));
        words.addAll(List.of("--conf", "spark.eventLog.enabled=true"));
        words.addAll(List.of("--conf", "spark.eventLog.compress=false")); // so that a word can be found in it
        words.addAll(List.of(
                "--conf", "spark.eventLog.dir=" + folder.resolve("events").toUri()));
        Path said = folder.resolve("said");
        ProcessBuilder child =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(said.toFile());
        child.environment().put("SELGEN_CANARY_KEY", KEY);
        assertThat(child.start().waitFor()).as("exit code").isEqualTo(1);
        return Files.readString(said);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aKeyIsInNoTableNoLogNoEventAndNoError() throws IOException, InterruptedException {
        Stages bench = generated();
        Files.createDirectories(folder.resolve("events"));
        judges(", keyEnv: SELGEN_CANARY_KEY");
        assertThat(judged()).contains("judge 'kind-served' failed on");
        try (Stream<Path> left = Files.walk(folder)) {
            List<Path> files = left.filter(Files::isRegularFile).toList();
            assertThat(files).anyMatch(file -> file.toString().contains("/events/"));
            assertThat(files).noneMatch(file -> text(file).contains("canary-77d1"));
        }
        List<Judgement> rows = rows(bench);
        assertThat(rows).hasSize(12).extracting(Judgement::reply).anyMatch(reply -> reply.contains("(secret)"));
        assertThat(rows.toString()).doesNotContain("canary");
    }
}
