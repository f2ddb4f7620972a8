package org.selgen.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.LakeInUse;

/** A writer that another took over from while it was paused between its look and its commit. */
@Tag("slow")
class FenceTest {
    record Fact(String id, String by) {}

    @TempDir
    Path folder;

    private final SparkSession own = LocalSpark.session().newSession(); // whose settings are nobody else's
    private Storage root;
    private Lock first;
    private Lock second;

    @BeforeEach
    void takeIt() throws IOException {
        root = Storage.of("viewfs://test/lakes/" + UUID.randomUUID());
        first = taken(Clock.systemUTC());
    }

    /** What the second does while the first is paused. */
    private void takeOver() throws IOException {
        second = taken(Clock.offset(Clock.systemUTC(), Duration.ofHours(1)));
    }

    @AfterEach
    void giveItBack() throws IOException {
        first.close();
        if (second != null) {
            second.close();
        }
    }

    private Lock taken(Clock clock) throws IOException {
        return Lock.take(root, clock, LockWait.NONE, late -> {});
    }

    private Table<Fact> table(SparkSession session, Lock lock) {
        return new Table<>(() -> session, root.at("facts").uri(), Fact.class, List.of("id"), lock.fence());
    }

    private static Fact fact(String id, String by) {
        return new Fact(id, by);
    }

    private Dataset<Row> rows(Fact fact) {
        return own.createDataFrame(List.of(Records.toRow(fact)), Records.schema(Fact.class));
    }

    private void append(Dataset<Row> rows) {
        rows.write().format("delta").mode("append").save(root.at("facts").uri());
    }

    @Test
    void whoWasTakenOverFromPutsNothing() throws IOException {
        Table<Fact> mine = table(own, first);
        mine.put(List.of(fact("a", "first")));
        takeOver();
        table(own, second).put(List.of(fact("b", "second")));
        assertThatThrownBy(() -> mine.put(List.of(fact("b", "first"), fact("c", "first"))))
                .isInstanceOf(LakeInUse.class)
                .hasMessageContaining("taken over by process");
        assertThat(mine.read()).containsExactlyInAnyOrder(fact("a", "first"), fact("b", "second"));
    }

    @Test
    void aHoldersManySmallFilesBecomeFew() throws IOException {
        Table<Fact> mine = table(own, first);
        for (int i = 0; i < 17; i++) {
            mine.put(List.of(fact("row" + i, "first")));
        }
        assertThat(mine.rows().inputFiles()).hasSize(1 + 1);
        assertThat(mine.read()).hasSize(17);
    }

    @Test
    void aCommitThatBeginsAfterOneOfALaterHolderIsLeftOut() throws IOException {
        Table<Fact> mine = table(own, first);
        mine.put(List.of(fact("a", "first")));
        assertThatThrownBy(() -> first.fence()
                        .commit(
                                own,
                                () -> { // its look is over: now it is paused
                                    laterPuts();
                                    append(rows(fact("b", "first")));
                                }))
                .isInstanceOf(LakeInUse.class);
        assertThat(mine.read()).containsExactlyInAnyOrder(fact("a", "first"), fact("b", "second"));
        assertThat(own.conf().getAll().contains("spark.databricks.delta.write.txnAppId"))
                .isFalse();
    }

    private void laterPuts() {
        try {
            takeOver();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        table(own.newSession(), second).put(List.of(fact("b", "second")));
    }

    @Test
    void aCommitBesideOneOfALaterHolderFails() throws Exception {
        Table<Fact> mine = table(own, first);
        mine.put(List.of(fact("a", "first")));
        String writing = folder.resolve("writing").toString();
        String paused = Files.createFile(folder.resolve("paused")).toString();
        MapFunction<Row, Row> slow = row -> {
            Files.createFile(Path.of(writing));
            while (Files.exists(Path.of(paused))) {
                Thread.sleep(10);
            }
            return row;
        };
        Dataset<Row> rows = rows(fact("b", "first")).map(slow, Encoders.row(Records.schema(Fact.class)));
        FutureTask<Void> commit = new FutureTask<>(() -> first.fence().commit(own, () -> append(rows)), null);
        new Thread(commit, "first").start();
        while (!Files.exists(Path.of(writing))) {
            Thread.sleep(10);
        }
        laterPuts();
        Files.delete(Path.of(paused));
        assertThatThrownBy(commit::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ConcurrentModificationException.class);
        assertThat(mine.read()).containsExactlyInAnyOrder(fact("a", "first"), fact("b", "second"));
    }

    @Test
    void aHolderMergesReplacesAndAppendsAsOftenAsItLikes() throws IOException {
        Table<Fact> mine = table(own, first);
        mine.put(List.of(fact("a", "one"), fact("b", "one")));
        mine.put(List.of(fact("a", "two"), fact("c", "two")));
        mine.replace(org.apache.spark.sql.functions.col("id").isin("a", "b"), List.of(fact("b", "three")));
        takeOver();
        Table<Fact> theirs = table(own, second);
        theirs.put(List.of(fact("d", "four")));
        theirs.put(List.of(fact("d", "five")));
        assertThat(theirs.read()).containsExactlyInAnyOrder(fact("b", "three"), fact("c", "two"), fact("d", "five"));
    }
}
