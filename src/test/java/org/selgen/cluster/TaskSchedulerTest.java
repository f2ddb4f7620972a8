package org.selgen.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;
import org.selgen.data.BadInput;
import org.selgen.lake.LocalSpark;

class TaskSchedulerTest {
    private final JavaSparkContext spark =
            new JavaSparkContext(LocalSpark.session().sparkContext());
    private final LongAccumulator tries = spark.sc().longAccumulator();
    private final KeptTasks kept = new KeptTasks();
    private final StringWriter said = new StringWriter();

    private void run(TaskWork<String, String> work, String... items) {
        try (TaskScheduler tasks = new TaskScheduler(spark, new PrintWriter(said))) {
            TaskGroup<String, String> group = tasks.group("generate", items.length, work, kept);
            for (String item : items) {
                group.add("task " + item, item, new TaskPriority(TaskPriority.GENERATE, 1));
            }
            tasks.finish();
        }
    }

    @Test
    void aTaskThatFailsConcernsNoOtherAndIsNotTriedAgainWhereThatWouldBeTheSame() {
        LongAccumulator counted = tries;
        run(
                item -> {
                    counted.add(1);
                    if (item.equals("b")) {
                        throw new IllegalStateException("no luck");
                    }
                    return item;
                },
                "a",
                "b",
                "c",
                "d");
        assertThat(kept.values).containsExactlyInAnyOrder("a", "c", "d");
        assertThat(kept.failures).containsExactly("b: IllegalStateException: no luck");
        assertThat(tries.value()).isEqualTo(4);
    }

    @Test
    void whatFailsForACauseThatMayPassIsTriedOnceMoreAndNotThrice() {
        LongAccumulator counted = tries;
        run(
                item -> {
                    counted.add(1);
                    throw new IOException("the disk was away");
                },
                "a");
        assertThat(tries.value()).isEqualTo(2);
        assertThat(kept.failures).containsExactly("a: the disk was away");
        assertThat(said.toString()).contains("generate task a: the disk was away; it is begun again");
    }

    @Test
    void afterTooLittleMemoryTheItemIsMadeSmaller() {
        run(
                item -> {
                    if (item.length() > 2) {
                        throw new OutOfMemoryError("Java heap space");
                    }
                    return item;
                },
                "long");
        assertThat(kept.values).containsExactly("lo");
    }

    @Test
    void whatTheUserHasToMendStopsAllThatHaveNotBegun() {
        String[] items = new String[50];
        Arrays.fill(items, "bad");
        LongAccumulator counted = tries;
        assertThatThrownBy(() -> run(
                        item -> {
                            counted.add(1);
                            throw new BadInput("the model has no tokenizer");
                        },
                        items))
                .isInstanceOf(BadInput.class)
                .hasMessage("the model has no tokenizer");
        assertThat(tries.value()).isLessThan(items.length);
    }

    /** What tasks and their keeper tell each other: both are in this process. */
    private static final Set<String> BEGUN = ConcurrentHashMap.newKeySet();

    private static void until(BooleanSupplier there) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!there.getAsBoolean() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    @Test
    void theNextTaskBeginsBeforeTheLastIsKept() {
        BEGUN.clear();
        List<Boolean> begunBefore = new ArrayList<>();
        TaskEnds<String, String> ends = new TaskEnds<>() {
            @Override
            public void keep(List<CompletedTask<String, String>> some) {
                if (begunBefore.isEmpty()) {
                    until(() -> BEGUN.contains("3"));
                    begunBefore.add(BEGUN.contains("3"));
                    assertThat(spark.parallelize(List.of(1, 2), 1).count())
                            .as("a job of the keeper's")
                            .isEqualTo(2);
                    BEGUN.add("kept");
                }
            }

            @Override
            public void failed(CompletedTask<String, String> task, Throwable why) {
                throw new IllegalStateException(why);
            }

            @Override
            public String smaller(String item) {
                return item;
            }
        };
        try (TaskScheduler tasks = new TaskScheduler(spark, new PrintWriter(said))) {
            TaskWork<String, String> work = item -> {
                BEGUN.add(item);
                if (!item.equals("1")) {
                    until(() -> BEGUN.contains("kept")); // both slots are taken until the first is kept
                }
                return item;
            };
            TaskGroup<String, String> group = tasks.group("generate", 3, work, ends);
            for (String item : List.of("1", "2", "3")) {
                group.add("task " + item, item, new TaskPriority(TaskPriority.GENERATE, 1));
            }
            tasks.finish();
        }
        assertThat(begunBefore).containsExactly(true);
    }

    @Test
    void badInputOfOneTaskThatIsWrappedStopsNoOther() {
        run(
                item -> {
                    if (item.equals("a")) {
                        throw new IllegalStateException(new BadInput("its checkpoint is damaged"));
                    }
                    return item;
                },
                "a",
                "b");
        assertThat(kept.values).containsExactly("b");
        assertThat(kept.failures).containsExactly("a: BadInput: its checkpoint is damaged");
    }

    @Test
    void sparkIsHandedAsManyTasksAgainAsItHasSlotsWhereExecutorsMayCome() {
        assertThat(Backlog.inFlight(2, 2, 4)).as("two of four are there").isEqualTo(4);
        assertThat(Backlog.inFlight(4, 2, 3)).as("one of two slots may come").isEqualTo(6);
        assertThat(Backlog.inFlight(4, 4, 4)).as("none may come").isEqualTo(4);
        assertThat(Backlog.inFlight(2, 0, Integer.MAX_VALUE))
                .as("none is there")
                .isEqualTo(4);
    }
}
