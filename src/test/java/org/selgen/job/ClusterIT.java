package org.selgen.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.TaskTime;
import org.selgen.file.Fingerprint;
import org.selgen.hub.HubServer;
import org.selgen.lake.LocalSpark;
import org.selgen.stage.SmallQuickstart;
import org.selgen.stage.SmallQuickstart.LakeContents;

/** The quickstart's verbs on a real cluster of two workers, whole and with processes killed: always the same tables. */
@Tag("cluster")
public class ClusterIT {
    @TempDir
    static Path folder;

    private static SmallQuickstart quickstart;
    private static LakeContents undisturbed;
    private static TestCluster cluster;

    @BeforeAll
    static void startAndDoItOnThisMachine() throws IOException, InterruptedException, ExecutionException {
        Path model = Files.createDirectories(folder.resolve("model")); // as the Hub gives it
        for (String file : List.of(
                "config.json",
                "generation_config.json",
                "model.safetensors",
                "tokenizer.json",
                "tokenizer_config.json")) {
            Files.copy(Path.of("data-lake/models/tiny").resolve(file), model.resolve(file));
        }
        quickstart = SmallQuickstart.in(folder, "model=" + model);
        FutureTask<TestCluster> starting = new FutureTask<>(() -> TestCluster.start(folder.resolve("cluster")));
        new Thread(starting, "cluster").start();
        try {
            undisturbed = quickstart.here("local"); // meanwhile
        } finally {
            cluster = starting.get();
        }
        assertThat(undisturbed.tables().get("runs")).hasSize(4);
        assertThat(undisturbed.tables().get("judgements")).hasSize(4 * 60 * 3);
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        cluster.close();
    }

    @Test
    void executorsKilledInTrainingGenerationAndJudgingLoseNothing() throws IOException, InterruptedException {
        Submitted run = quickstart.on(cluster.url(), "executors");
        run.until(() -> checkpointed("executors"));
        killBusyExecutor(run);
        goesOn("an executor killed in training", run);
        assertThat(run.hasSaid("train: 4 of 4"))
                .as("killed before training ended")
                .isFalse();
        run.until(() -> run.hasSaid("train: 4 of 4"));
        killBusyExecutor(run);
        assertThat(run.hasSaid("generate: 4 of 4"))
                .as("killed before all answers were there")
                .isFalse();
        goesOn("an executor killed while answering", run);
        run.until(() -> run.hasSaid("generate: 4 of 4"));
        killBusyExecutor(run);
        goesOn("an executor killed in judging", run);
        assertThat(run.ended()).as(run.text()).isZero();
        assertThat(quickstart.left("executors")).isEqualTo(undisturbed);
    }

    /** The model is one of the Hub: the driver fetches it once, and the machine of the executors once. */
    @Test
    void aKilledDriverGoesOnByTheSameCommandWithAModelOfTheHub() throws IOException, InterruptedException {
        try (HubServer hub = HubServer.of(folder.resolve("model"))) {
            Map<String, String> environment = Map.of(
                    "HF_ENDPOINT",
                    hub.url(),
                    "HF_HOME",
                    folder.resolve("hub-of-driver").toString());
            String[] settings = {
                "--set", "model=org/tiny", "--conf", "spark.executorEnv.HF_HOME=" + folder.resolve("hub-of-node")
            };
            Submitted first = quickstart.on(environment, cluster.url(), "driver", settings);
            first.until(() -> checkpointed("driver"));
            first.kill();
            Submitted second = quickstart.on(environment, cluster.url(), "driver", settings);
            goesOn("the driver killed, from the same command on", second);
            assertThat(second.ended()).as(second.text()).isZero();
            assertThat(hub.asked("model.safetensors")).isEqualTo(2);
        }
        assertThat(quickstart.runs("driver")).allMatch(run -> HubServer.COMMIT.equals(run.revision()));
        LakeContents left = quickstart.left("driver");
        left.tables()
                .compute(
                        "runs",
                        (name, rows) -> rows.stream()
                                .map(row -> row.replace("model=org/tiny", "model=" + folder.resolve("model")))
                                .toList());
        assertThat(left).isEqualTo(undisturbed);
    }

    /**
     * Executors can open neither the lake nor the model in it as a file: both come through the machine's cache. They wait in vain
     * for a lock of it; with the lock given back, the second attempt goes on. Meanwhile another driver wants the lake.
     */
    @Test
    void aTaskThatHangsIsBegunAgainASecondDriverIsRefusedAndBothWorkersFillALakeElsewhere()
            throws IOException, InterruptedException {
        String lake = "viewfs://test/lakes/hung";
        Path cache = Files.createDirectories(folder.resolve("hung-cache"));
        Path lock = cache.resolve("fetch-" + Fingerprint.of(quickstart.model(lake)) + ".lock");
        String[] settings = {
            "--conf",
            LocalSpark.mount(),
            "--conf",
            "spark.executorEnv.SELGEN_CACHE=" + cache,
            "--conf",
            "spark.selgen.silence=20s"
        };
        Submitted run;
        try (FileChannel file = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = file.lock()) {
            assertThat(held.isValid()).isTrue();
            run = quickstart.on(cluster.url(), lake, settings);
            run.until(() -> run.busy() > 0);
            Submitted second = quickstart.on(cluster.url(), lake, settings);
            assertThat(second.ended()).as(second.text()).isEqualTo(3);
            assertThat(second.text()).contains("selgen: the lake " + lake + " is being written by process ");
            run.until(() -> run.hasSaid(" gave no sign of life for 20 s; it is begun again"));
        }
        assertThat(run.ended()).as(run.text()).isZero();
        assertThat(quickstart.left(lake)).isEqualTo(undisturbed);
        assertThat(quickstart.tasks(lake)).extracting(TaskTime::host).contains("127.0.0.2", "127.0.0.3");
    }

    /** Its executors go on meanwhile, and place nothing once another has the lake. */
    @Test
    void aPausedDriverIsTakenOverFromAndStopsWhenItWakes() throws IOException, InterruptedException {
        String lake = "viewfs://test/lakes/paused";
        String[] settings = {"--conf", LocalSpark.mount(), "--conf", "spark.selgen.lease=10s", "--wait"};
        Submitted first = quickstart.on(cluster.url(), lake, settings);
        first.until(() -> quickstart.checkpointed(lake));
        first.signal("STOP");
        Submitted second = quickstart.on("local[2]", lake, settings);
        assertThat(second.ended()).as(second.text()).isZero();
        first.signal("CONT");
        assertThat(first.ended()).as(first.text()).isEqualTo(3);
        assertThat(first.text().lines().filter(line -> line.startsWith("selgen: ")))
                .singleElement()
                .asString()
                .startsWith("selgen: the lake " + lake + " was taken over by process ");
        assertThat(quickstart.left(lake)).isEqualTo(undisturbed);
    }

    /** Waits until another task has begun, and tells how long that took. */
    private static void goesOn(String fault, Submitted run) throws InterruptedException {
        long from = System.nanoTime();
        int before = run.begun();
        run.until(() -> run.begun() > before);
        System.out.printf(Locale.ROOT, "%s: work goes on after %.1f s%n", fault, (System.nanoTime() - from) / 1e9);
    }

    /** Kills the executor of a worker that has a task in hand; gives the worker. */
    private static int killBusyExecutor(Submitted run) throws IOException, InterruptedException {
        int[] busy = new int[1];
        run.until(() -> (busy[0] = run.busy()) > 0);
        cluster.executors(busy[0]).forEach(ProcessHandle::destroyForcibly);
        return busy[0];
    }

    /** Whether a training of the lake has been saved and not ended. */
    private static boolean checkpointed(String lake) {
        try {
            Path checkpoints = Path.of(quickstart.lake(lake), "checkpoints");
            if (!Files.isDirectory(checkpoints)) {
                return false;
            }
            try (var files = Files.walk(checkpoints)) {
                return files.anyMatch(file -> file.toString().endsWith(".safetensors"));
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            return false; // one was deleted meanwhile
        }
    }
}
