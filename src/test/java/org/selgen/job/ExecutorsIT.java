package org.selgen.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.TestExperiment;
import org.selgen.data.Stage;
import org.selgen.data.TaskTime;
import org.selgen.stage.SmallQuickstart;
import org.selgen.stage.SmallQuickstart.LakeContents;

/** A cluster of four workers whose executors come when tasks wait, and go when the machine is wanted by others. */
@Tag("cluster")
@TestMethodOrder(OrderAnnotation.class)
class ExecutorsIT {
    private static final String[] ALLOCATION = {
        "--conf", "spark.dynamicAllocation.enabled=true",
        "--conf", "spark.dynamicAllocation.shuffleTracking.enabled=true",
        "--conf", "spark.dynamicAllocation.maxExecutors=4",
        "--conf", "spark.decommission.enabled=true"
    };

    @TempDir
    static Path folder;

    private static SmallQuickstart quickstart;
    private static LakeContents undisturbed;
    private static TestCluster cluster;

    @BeforeAll
    static void startAndDoItOnThisMachine() throws IOException, InterruptedException {
        quickstart = SmallQuickstart.in(folder, TestExperiment.TINY, "seeds=[0, 1]");
        undisturbed = quickstart.here("local");
        Map<String, String> workers = Map.of("SPARK_WORKER_OPTS", "-Dspark.decommission.enabled=true");
        cluster = TestCluster.start(folder.resolve("cluster"), workers, "--workers", "4");
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        cluster.close();
    }

    /** Spark adds one, then two, then four, a second apart; each takes some seconds to start. */
    @Test
    @Order(1)
    void fourExecutorsWorkWhereFourAreAllowedAndTasksWait() throws IOException, InterruptedException {
        Submitted run = quickstart.on(cluster.url(), "four", ALLOCATION);
        run.until(() -> run.begun() > 0);
        long from = System.nanoTime();
        run.until(() -> run.busyOnes().size() == 4);
        System.out.printf(
                Locale.ROOT, "four executors at work %.1f s after the first%n", (System.nanoTime() - from) / 1e9);
        assertThat(run.ended()).as(run.text()).isZero();
        assertThat(quickstart.tasks("four").stream()
                        .filter(task -> task.stage() == Stage.TRAIN)
                        .map(TaskTime::host))
                .contains("127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5");
        assertThat(quickstart.left("four")).isEqualTo(undisturbed);
    }

    /** As a cloud takes back a cheap machine: it says so, and some seconds later the machine is gone. */
    @Test
    @Order(2)
    void anExecutorThatIsEndedAndAMachineThatIsTakenBackCostNoRow() throws IOException, InterruptedException {
        Submitted run = quickstart.on(cluster.url(), "taken", ALLOCATION);
        run.until(() -> quickstart.checkpointed("taken") && run.busyOnes().size() > 1);
        List<Integer> busy = List.copyOf(run.busyOnes());
        cluster.executors(busy.get(0)).forEach(ProcessHandle::destroy);
        ProcessHandle worker = cluster.worker(busy.get(1));
        List<ProcessHandle> executors = cluster.executors(busy.get(1)).toList();
        new ProcessBuilder("kill", "-PWR", "" + worker.pid()).start().waitFor();
        run.until(() -> decommissions(busy.get(1)));
        worker.destroyForcibly();
        executors.forEach(ProcessHandle::destroyForcibly);
        assertThat(run.ended()).as(run.text()).isZero();
        assertThat(quickstart.left("taken")).isEqualTo(undisturbed);
    }

    private static boolean decommissions(int worker) {
        try {
            return cluster.logged(worker).stream().anyMatch(line -> line.contains("ecommission"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
