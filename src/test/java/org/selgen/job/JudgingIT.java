package org.selgen.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.TestExperiment;
import org.selgen.lake.Lake;
import org.selgen.lake.LocalSpark;
import org.selgen.stage.LocalEngine;
import org.selgen.stage.PrepareStage.OnLeak;
import org.selgen.stage.SmallQuickstart;
import org.selgen.stage.Stages;

/**
 * Answers judged by an endpoint that takes half a second, on a cluster of two workers, with an executor killed, and with the driver
 * killed: every answer gets one verdict, and as many calls at most are paid twice as selgen says.
 */
@Tag("cluster")
@Tag("judging")
class JudgingIT {
    private static final int AT_ONCE = 32;
    private static final int KILLED_AFTER = 3 * AT_ONCE; // calls

    @TempDir
    static Path folder;

    private static Process endpoint;
    private static String url;
    private static TestExperiment experiment;
    private static TestCluster cluster;
    private static long answers;

    @BeforeAll
    static void answerAndStart() throws IOException, InterruptedException {
        endpoint = new ProcessBuilder(
                        "java",
                        "-Dsun.net.httpserver.nodelay=true",
                        "src/test/java/org/selgen/judge/endpoint/SlowEndpoint.java",
                        "0",
                        "500")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = endpoint.inputReader()) {
            url = "http://127.0.0.1:" + said.readLine();
        }
        experiment = TestExperiment.in(
                        folder,
                        TestExperiment.TINY,
                        "judges=[maths, confirmation, slow]",
                        "decoding={temperature: 1, topP: 1, maxTokens: 8, samples: 4, seed: 0}",
                        "generation={endpoint: {url: " + url + "/answers/v1, model: tiny}, adapters: '{run}'}")
                .data("test.toy-questions.groups=8");
        Files.createDirectories(folder.resolve("conf/rubrics"));
        Files.writeString(
                folder.resolve("conf/rubrics/kind.yaml"),
                "{name: kind, version: 1, mode: logprob, anchors: {}, prompt: '{question}{answer}'}");
        Files.writeString(
                folder.resolve("conf/judges.yaml"),
                "slow: {llm: {rubric: kind, endpoint: {url: " + url + "/judge/v1, model: slow, atOnce: " + AT_ONCE
                        + "}}}");
        Lake lake = Lake.create(LocalSpark.session(), experiment.lake("answered"));
        Stages stages = experiment.stages(lake, new LocalEngine(), new StringWriter());
        stages.prepare(OnLeak.STOP);
        stages.train();
        stages.generate();
        answers = lake.generations().read().size();
        assertThat(answers).isGreaterThan(10 * AT_ONCE);
        cluster = TestCluster.start(folder.resolve("cluster"));
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        endpoint.destroy();
        cluster.close();
    }

    @Test
    void anExecutorThatIsKilledPaysForNoCallTwiceThatIsNotCounted() throws IOException, InterruptedException {
        Submitted judging = judge("executor");
        judging.until(() -> calls() > KILLED_AFTER && judging.busy() > 0);
        cluster.executors(judging.busy()).forEach(ProcessHandle::destroyForcibly);
        assertThat(judging.ended()).as(judging.text()).isZero();
        assertPaid("executor", number("lost=(\\d+)", judging.text()));
    }

    @Test
    void aDriverThatIsKilledPaysForNoCallTwiceThatIsNotCounted() throws IOException, InterruptedException {
        Submitted first = judge("driver");
        first.until(() -> calls() > KILLED_AFTER);
        first.kill();
        Submitted second = judge("driver");
        assertThat(second.ended()).as(second.text()).isZero();
        assertPaid("driver", number("slow had (\\d+) calls in flight", second.text()));
    }

    private static Submitted judge(String lake) throws IOException {
        Path own = experiment.lake(lake);
        if (!Files.exists(own)) {
            FileUtils.copyDirectory(experiment.lake("answered").toFile(), own.toFile());
            told("stats");
        }
        List<String> words = new ArrayList<>(
                List.of("judge", experiment.file().toString(), "--master", cluster.url(), "--lake", own.toString()));
        words.addAll(SmallQuickstart.COMPILED_ONCE);
        return Submitted.command(Map.of(), words.toArray(String[]::new));
    }

    private static void assertPaid(String lake, long counted) throws IOException {
        long verdicts = Lake.open(LocalSpark.session(), experiment.lake(lake)).judgements().read().stream()
                .filter(verdict -> verdict.rubric().startsWith("kind@") && verdict.score() != null)
                .count();
        assertThat(verdicts).isEqualTo(answers);
        String stats = told("stats");
        assertThat(number("^calls=(\\d+)", stats) - number("again=(\\d+)", stats))
                .isEqualTo(answers);
        long again = number("again=(\\d+)", stats);
        System.out.printf("%s killed: %d calls came twice, %d are counted%n", lake, again, counted);
        assertThat(again).as("paid twice").isLessThanOrEqualTo(counted);
        assertThat(counted).as("in flight, or answered and not yet kept").isBetween(1L, 2L * AT_ONCE);
    }

    private static long calls() {
        return Long.parseLong(told("calls"));
    }

    private static String told(String what) {
        try (InputStream in = URI.create(url + "/" + what).toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long number(String pattern, String text) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as("%s in %s", pattern, text).isTrue();
        return Long.parseLong(found.group(1));
    }
}
