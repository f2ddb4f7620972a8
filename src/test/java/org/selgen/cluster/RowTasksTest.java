package org.selgen.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;
import org.selgen.lake.LocalSpark;

class RowTasksTest {
    private static final int TASKS = 12;
    private static final AtomicInteger BEGUN = new AtomicInteger(); // tasks are in this process
    private static CountDownLatch kept = new CountDownLatch(1);

    private final JavaSparkContext spark =
            new JavaSparkContext(LocalSpark.session().sparkContext());

    private JavaRDD<Integer> rows() {
        return spark.parallelize(IntStream.range(0, TASKS).boxed().toList(), TASKS);
    }

    @Test
    void whatTasksGiveIsKeptWhileOthersWait() throws Exception {
        BEGUN.set(0);
        kept = new CountDownLatch(1);
        CompletableFuture<Void> all = CompletableFuture.runAsync(() -> RowTasks.run(rows(), some -> {
            if (BEGUN.incrementAndGet() > TASKS / 2 && !kept.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nothing was kept before half of the tasks had begun");
            }
            Thread.sleep(50);
        }));
        while (BEGUN.get() == 0) {
            Thread.onSpinWait();
        }
        assertThat(spark.parallelize(List.of(1, 2, 3), 2).count()).isEqualTo(3); // as a put
        kept.countDown();
        all.get(1, TimeUnit.MINUTES);
        assertThat(BEGUN.get()).isEqualTo(TASKS);
    }

    @Test
    void aTaskThatFailsStopsNoOtherAndIsNamed() {
        LongAccumulator done = spark.sc().longAccumulator();
        assertThatThrownBy(() -> RowTasks.run(rows(), some -> {
                    if (some.next() == 3) {
                        throw new IllegalStateException("no luck with 3");
                    }
                    done.add(1);
                }))
                .hasMessageContaining("no luck with 3");
        assertThat(done.value()).isEqualTo(TASKS - 1);
    }
}
