package org.selgen.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.Uninterruptibles;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.selgen.data.BadInput;
import org.selgen.job.ClusterIT;
import org.selgen.lake.LocalSpark;

/** Tasks that hang, on the local master; for those of a cluster see {@link ClusterIT}. */
@Isolated("its tasks wait for a slot beside those of other tests, and time counts here")
class HeartbeatMonitorTest {
    private static final TaskPriority TURN = new TaskPriority(TaskPriority.TRAIN, 1);
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private final JavaSparkContext spark =
            new JavaSparkContext(LocalSpark.session().sparkContext());
    private final KeptTasks kept = new KeptTasks();

    private TaskScheduler tasks(int seconds) {
        return new TaskScheduler(spark, new PrintWriter(new StringWriter()), Duration.ofSeconds(seconds));
    }

    @Test
    void aTaskThatHangsIsNamedAndWhatOthersGaveIsKept() {
        try (TaskScheduler tasks = tasks(2)) {
            TaskGroup<String, String> stage = tasks.group("train", 2, HeartbeatMonitorTest::hangs, kept);
            stage.add("mixed seed=1", "hangs", TURN);
            stage.add("mixed seed=2", "works", TURN);
            assertThatThrownBy(tasks::finish)
                    .isInstanceOf(BadInput.class)
                    .hasMessage("train mixed seed=1 gave no sign of life for 2 s; look at its machine and give the same"
                            + " command again, or set spark.selgen.silence higher");
        } finally {
            NEVER.countDown();
        }
        assertThat(kept.values).containsExactly("works");
    }

    /** As native code does, it hears no interrupt. */
    private static String hangs(String item) {
        if (item.equals("hangs")) {
            Uninterruptibles.awaitUninterruptibly(NEVER);
        }
        return item;
    }

    @Test
    void aTaskThatTellsOfItsProgressMayTakeAsLongAsItLikes() {
        try (TaskScheduler tasks = tasks(2)) {
            tasks.group("train", 1, HeartbeatMonitorTest::speaks, kept).add("mixed seed=1", "slow", TURN);
            tasks.finish();
        }
        assertThat(kept.values).containsExactly("slow");
    }

    private static String speaks(String item) throws InterruptedException {
        for (int step = 1; step <= 10; step++) {
            Thread.sleep(500);
            ProgressPlugin.send(new Progress("train", "mixed seed=1", 0, step, 10, 1, step));
        }
        return item;
    }

    @Test
    void aTaskThatWaitsForASlotIsNotSilent() {
        try (TaskScheduler tasks = tasks(3)) {
            TaskGroup<String, String> stage = tasks.group("train", 1, HeartbeatMonitorTest::sleeps, kept);
            for (int i = 0; i < 2 * spark.defaultParallelism(); i++) {
                stage.add("mixed seed=" + i, "waits", TURN);
            }
            tasks.finish();
        }
        assertThat(kept.values).hasSize(2 * spark.defaultParallelism()).containsOnly("waits");
    }

    private static String sleeps(String item) throws InterruptedException {
        Thread.sleep(2000);
        return item;
    }

    @Test
    void noTimeIsRefused() {
        assertThatThrownBy(() -> HeartbeatMonitor.limit(new SparkConf().set(HeartbeatMonitor.KEY, "soon")))
                .isInstanceOf(BadInput.class)
                .hasMessage("spark.selgen.silence is soon but must be a time of at least 1 s, as 60min");
        assertThat(HeartbeatMonitor.limit(new SparkConf().set(HeartbeatMonitor.KEY, "90s")))
                .isEqualTo(Duration.ofSeconds(90));
    }
}
