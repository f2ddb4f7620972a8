package org.selgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.Run;
import org.selgen.lake.LocalSpark;
import org.selgen.stage.SmallQuickstart;
import org.selgen.stage.SmallQuickstart.LakeContents;

/** A cluster whose machines are network namespaces, so that one can be cut off. It still reaches the lake. */
@Tag("cluster")
class PartitionIT {
    private static final int CUT_OFF = 2;

    @TempDir
    static Path folder;

    private static SmallQuickstart quickstart;
    private static LakeContents undisturbed;
    private static TestCluster cluster;

    @BeforeAll
    static void startAndDoItOnThisMachine() throws IOException, InterruptedException {
        Process made = new ProcessBuilder("unshare", "--net", "ip", "link").start();
        assumeTrue(made.waitFor() == 0, "only root may make network namespaces");
        quickstart = SmallQuickstart.in(folder);
        undisturbed = quickstart.here("local");
        Map<String, String> master = Map.of("SPARK_MASTER_OPTS", "-Dspark.worker.timeout=25");
        cluster = TestCluster.start(folder.resolve("cluster"), master, "--links");
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        if (cluster != null) {
            cluster.close();
        }
    }

    /** The machine may go on with its training and write it; the driver, which takes it for lost, has another do it too. */
    @Test
    void aMachineThatIsCutOffAndComesBackChangesNothing() throws IOException, InterruptedException {
        String lake = "viewfs://test/lakes/cut";
        Submitted run = quickstart.inside(cluster.hub(), cluster.url(), lake, settings());
        run.until(() -> quickstart.checkpointed(lake) && !open().isEmpty());
        cluster.link(CUT_OFF, "down"); // amid a training
        run.until(() -> run.hasSaid("Lost executor")); // from now on another does its task too
        cluster.link(CUT_OFF, "up");
        assertThat(run.ended()).as(run.text()).isZero();
        assertThat(quickstart.left(lake)).isEqualTo(undisturbed);
        assertThat(quickstart.runs(lake)).extracting(Run::host).contains("10.77.0.2");
    }

    /** Executors say of each training that it begins and ends. */
    private static String[] settings() throws IOException {
        Path log = Files.writeString(folder.resolve("log4j2.properties"), """
                rootLogger.level = info
                rootLogger.appenderRef.stderr.ref = stderr
                logger.selgen.name = org.selgen
                logger.selgen.level = debug
                appender.stderr.type = Console
                appender.stderr.name = stderr
                appender.stderr.target = SYSTEM_ERR
                appender.stderr.layout.type = PatternLayout
                appender.stderr.layout.pattern = %msg%n
                """);
        return List.of(
                        LocalSpark.mount(),
                        "spark.executor.extraJavaOptions=-Dlog4j2.configurationFile=" + log,
                        "spark.driver.host=10.77.0.1",
                        "spark.driver.bindAddress=10.77.0.1",
                        "spark.network.timeout=25s",
                        "spark.network.timeoutInterval=2s",
                        "spark.executor.heartbeatInterval=4s")
                .stream()
                .flatMap(setting -> List.of("--conf", setting).stream())
                .toArray(String[]::new);
    }

    /** Trainings that the machine has begun and not ended. */
    private static List<String> open() {
        List<String> open = new ArrayList<>(trainings("begins"));
        trainings("ends").forEach(open::remove);
        return open;
    }

    private static List<String> trainings(String what) {
        try {
            return cluster.logged(CUT_OFF).stream()
                    .filter(line -> line.startsWith("training ") && line.endsWith(" " + what))
                    .map(line -> line.substring(0, line.length() - what.length()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
