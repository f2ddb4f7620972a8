package org.selgen.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.cluster.Gpus;
import org.selgen.cluster.Script;
import org.selgen.data.Status;
import org.selgen.data.TaskTime;
import org.selgen.stage.SmallQuickstart;

/**
 * GPUs as Spark deals them out, on a real cluster whose two workers announce two each. There is nothing of them but their
 * addresses, and a stand-in for NVIDIA's tool.
 */
@Tag("cluster")
class GpuIT {
    private static final Pattern TAKEN = Pattern.compile("^(\\S+) .*gpu=(\\S+) task=\\d+ (begins|ends)$");
    private static final String SCRIPT = """
            if [ "$SPARK_LOCAL_IP" = 127.0.0.2 ]; then addresses='"0","1"'; else addresses='"2","3"'; fi
            echo "{\\"name\\": \\"gpu\\", \\"addresses\\": [$addresses]}"
            """;
    /** Says what NVIDIA's tool would say of GPU N. */
    private static final String SMI = """
            for word in "$@"; do case "$word" in --id=*) id="${word#--id=}" ;; esac; done
            echo "Card $id, 4${id}00 MiB, 50 %"
            """;

    @TempDir
    static Path folder;

    private static SmallQuickstart quickstart;
    private static TestCluster cluster;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        quickstart = SmallQuickstart.in(folder);
        Path script = Script.of(folder.resolve("gpus"), SCRIPT);
        Path tools = Files.createDirectories(folder.resolve("tools"));
        Script.of(tools.resolve("nvidia-smi"), SMI);
        cluster = TestCluster.start(
                folder.resolve("cluster"),
                2,
                Map.of(
                        "PATH", tools + ":" + System.getenv("PATH"),
                        "SPARK_WORKER_OPTS",
                                "-Dspark.worker.resource.gpu.amount=2 -Dspark.worker.resource.gpu.discoveryScript="
                                        + script));
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        cluster.close();
    }

    @Test
    void noTwoTasksHoldOneGpuAtATimeAndAllAreUsed() throws IOException, InterruptedException {
        Submitted run = on(
                "--conf",
                Gpus.EXECUTOR + "=2",
                "--set",
                "methods=[standard]",
                "--set",
                "seeds=[1,2,3,4,5]",
                "--set",
                "training.epochs=1",
                "--set",
                "decoding.maxTokens=8");
        assertThat(run.ended()).as(run.text()).isZero();
        assertThat(quickstart.runs("dealt"))
                .hasSize(6)
                .allMatch(r -> r.status() == Status.FINISHED)
                .allMatch(r -> r.method().equals("base") || r.device().equals("cpu")) // where it was computed
                .allMatch(r -> r.method().equals("base")
                        ? r.gpu() == null
                        : saw(r.gpu(), r.gpuPeakMib(), r.gpuBusy(), r.gpuReason()));
        assertThat(quickstart.tasks("dealt"))
                .hasSize(11)
                .allMatch(t -> saw(t.gpu(), t.gpuPeakMib(), t.gpuBusy(), t.gpuReason()))
                .allMatch(
                        t -> String.valueOf(t.gpu()).matches(t.host().equals("127.0.0.2") ? "Card [01]" : "Card [23]"))
                .extracting(TaskTime::gpu)
                .contains("Card 0", "Card 1", "Card 2", "Card 3");
        List<Matcher> taken = cluster.logged().stream()
                .map(TAKEN::matcher)
                .filter(Matcher::matches)
                .sorted((a, b) -> a.group(1).compareTo(b.group(1)))
                .toList();
        assertThat(taken).as("begins and ends of 5 trainings and 6 answerings").hasSize(2 * 11);
        Map<String, String> last = new HashMap<>();
        for (Matcher one : taken) {
            String before = last.put(one.group(2), one.group(3));
            assertThat(before).as(one.group()).isNotEqualTo(one.group(3));
        }
        assertThat(last).containsOnlyKeys("0", "1", "2", "3").values().containsOnly("ends");
    }

    @Test
    void moreGpusThanAnyWorkerHasAreRefusedInSeconds() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        Submitted run = on("--conf", Gpus.EXECUTOR + "=3", "--conf", Gpus.TASK + "=3");
        assertThat(run.ended()).as(run.text()).isEqualTo(2);
        assertThat(run.text().lines().filter(line -> line.startsWith("selgen: ")))
                .singleElement()
                .asString()
                .contains(Gpus.EXECUTOR + " is 3 but the 2 worker(s) of spark://", "announce at most 2 each");
        assertThat((System.nanoTime() - begun) / 1e9).as("seconds").isLessThan(45);
    }

    /** As the stand-in tells of the GPU of that number. */
    private static boolean saw(
            @Nullable String gpu, @Nullable Integer mib, @Nullable Double busy, @Nullable String reason) {
        return String.valueOf(gpu).matches("Card [0-3]")
                && Objects.equals(mib, 4000 + 100 * (String.valueOf(gpu).charAt(5) - '0'))
                && Objects.equals(busy, 0.5)
                && reason == null;
    }

    private static Submitted on(String... more) throws IOException {
        return quickstart.on(cluster.url(), "dealt", more);
    }
}
