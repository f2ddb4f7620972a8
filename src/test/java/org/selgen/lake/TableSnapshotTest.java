package org.selgen.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.Message;
import org.selgen.data.Variant;

/** What is read here is what Spark reads. */
class TableSnapshotTest {
    record First(String id, int count, Variant variant, List<Message> chat, List<Integer> numbers)
            implements Serializable {}

    record Later(
            String id,
            int count,
            Variant variant,
            List<Message> chat,
            List<Integer> numbers,
            @Nullable Double score,
            @Nullable String note,
            @Nullable Long big,
            @Nullable Float small) {}

    record Part(String id, @Nullable String note) {}

    @TempDir
    Path folder;

    private static First first(String id, int count) {
        return new First(id, count, Variant.ASK, List.of(new Message("user", "ä \n \"" + id)), List.of(1, 2, count));
    }

    private static Later later(String id, @Nullable Double score, @Nullable String note) {
        return new Later(id, 7, Variant.WRONG, List.of(), List.of(), score, note, 1L << 40, 0.1f);
    }

    private <T extends Record> Table<T> table(Class<T> type) {
        return new Table<>(LocalSpark::session, folder.resolve("t").toString(), type, List.of("id"), Fence.NONE);
    }

    private Table<Later> changed() {
        table(First.class).put(List.of(first("a", 1), first("b", 2)));
        table(First.class).put(List.of(first("c", 3)));
        Table<Later> table = table(Later.class);
        table.put(List.of(later("b", Double.NaN, "x"), later("d", null, null)));
        return table;
    }

    @Test
    void afterAppendsChangesAndNewColumnsTheRowsAreThoseOfSpark() {
        Table<Later> table = changed();
        List<Later> bySpark = records(table.rows());
        assertThat(bySpark).hasSize(4).contains(later("b", Double.NaN, "x"), later("d", null, null));
        assertThat(table.read()).containsExactlyInAnyOrderElementsOf(bySpark);
        assertThat(records(table.snapshot())).containsExactlyInAnyOrderElementsOf(bySpark);
        assertThat(table.read(Part.class, row -> row.note() == null))
                .containsExactlyInAnyOrder(new Part("a", null), new Part("c", null), new Part("d", null));
    }

    @Test
    void readingStartsNoSpark() {
        changed();
        Table<Later> table = new Table<>(
                TableSnapshotTest::none, folder.resolve("t").toString(), Later.class, List.of("id"), Fence.NONE);
        assertThat(table.read(row -> row.count() == 7)).hasSize(2);
    }

    @Test
    void ofALakeElsewhereToo() throws IOException {
        LocalSpark.session(); // whose settings say where that is
        Storage place = Storage.of("viewfs://test/lakes/read-here");
        Table<First> table =
                new Table<>(LocalSpark::session, place.at("t").uri(), First.class, List.of("id"), Fence.NONE);
        table.put(List.of(first("a", 1), first("b", 2)));
        assertThat(table.read()).containsExactlyInAnyOrder(first("a", 1), first("b", 2));
        DatasetStore<First> store = new DatasetStore<>(LocalSpark::session, place.at("sets"), First.class);
        store.put("set", List.of(first("b", 2), first("a", 1)));
        assertThat(store.read("set")).containsExactly(first("b", 2), first("a", 1));
        assertThat(store.snapshot().collectAsList()).hasSize(2);
    }

    @Test
    void afterACheckpointOfTheLogNothingIsLost() {
        Table<First> table = table(First.class);
        for (int i = 0; i < 12; i++) { // Delta writes one after ten versions
            table.put(List.of(first("row" + i, i)));
        }
        assertThat(folder.resolve("t/_delta_log/_last_checkpoint")).exists();
        assertThat(table.read())
                .extracting(First::count)
                .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    }

    @Test
    void filesThatCannotHaveAValueAreLeftOut() throws IOException {
        Table<First> table = table(First.class);
        for (String id : List.of("a", "c", "e")) {
            table.put(List.of(first(id, 1), first(id + "z", 2)));
        }
        TableSnapshot all = TableSnapshot.newest(Storage.of(table.path()));
        TableSnapshot some = all.having("id", Set.of("c", "b"));
        assertThat(all.names()).hasSize(3);
        assertThat(some.names()).hasSize(1);
        assertThat(some.bytes()).isLessThan(all.bytes());
        List<String> ids = new ArrayList<>();
        some.forEach(Records.schema(First.class), row -> ids.add(row.getString(0)));
        assertThat(ids).containsExactly("c", "cz");
        assertThat(table.put(List.of(first("c", 1), first("cz", 3), first("f", 1))))
                .isEqualTo(2);
    }

    private static SparkSession none() {
        throw new AssertionError("the session was asked for");
    }

    private static List<Later> records(Dataset<Row> rows) {
        return rows.collectAsList().stream()
                .map(row -> Records.fromRow(row, Later.class))
                .toList();
    }
}
