package org.selgen.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.tables.DeltaTable;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {
    record Old(String id, int n) {}

    record New(String id, int n, @Nullable String note) {}

    @TempDir
    Path folder;

    @Test
    void puttingTwiceLeavesOneRowPerKey() {
        Table<Old> table = table(Old.class);
        List<Old> rows = List.of(new Old("a", 1), new Old("b", 2));
        table.put(rows);
        table.put(rows);
        assertThat(table.read()).containsExactlyInAnyOrderElementsOf(rows);
    }

    @Test
    void aKnownKeyGetsTheNewValuesAndANewOneIsAdded() {
        Table<Old> table = table(Old.class);
        table.put(List.of(new Old("a", 1), new Old("b", 2)));
        table.put(List.of(new Old("b", 3), new Old("c", 4)));
        assertThat(table.read()).containsExactlyInAnyOrder(new Old("a", 1), new Old("b", 3), new Old("c", 4));
    }

    @Test
    @Tag("slow")
    void aPutThatChangesRowsIsOneVersionOfTheTableAndARepeatedOneIsNone() {
        Table<Old> table = table(Old.class);
        List<List<Old>> puts = List.of(
                List.of(new Old("a", 1), new Old("b", 2)),
                List.of(new Old("c", 3)), // adds
                List.of(new Old("b", 4)), // changes
                List.of(new Old("c", 5), new Old("d", 6))); // both
        for (int versions = 1; versions <= puts.size(); versions++) {
            table.put(puts.get(versions - 1));
            table.put(puts.get(versions - 1));
            assertThat(DeltaTable.forPath(LocalSpark.session(), table.path())
                            .history()
                            .count())
                    .as("versions after put %d, done twice", versions)
                    .isEqualTo(versions);
        }
    }

    @Test
    @Tag("slow")
    void rowsOfADatasetArePutLikeThoseOfAList() {
        Table<Old> table = table(Old.class);
        table.put(List.of(new Old("a", 1), new Old("b", 2)));
        List<Row> rows =
                List.of(Records.toRow(new Old("a", 1)), Records.toRow(new Old("b", 3)), Records.toRow(new Old("c", 4)));
        Dataset<Row> put = LocalSpark.session().createDataFrame(rows, Records.schema(Old.class));
        assertThat(table.put(put)).isEqualTo(2);
        assertThat(table.put(put)).isZero();
        assertThat(table.read()).containsExactlyInAnyOrder(new Old("a", 1), new Old("b", 3), new Old("c", 4));
    }

    @Test
    void appendingWhatIsMissingAddsNewKeysAloneAndDoneAgainMakesNoVersion() {
        Table<Old> table = table(Old.class);
        table.put(List.of(new Old("a", 1)));
        Dataset<Row> rows = LocalSpark.session()
                .range(4)
                .selectExpr("concat('', chr(97 + id)) AS id", "CAST(id + 7 AS INT) AS n")
                .repartition(3);
        assertThat(table.append(table.missing(rows))).isEqualTo(3);
        assertThat(table.append(table.missing(rows))).isZero();
        assertThat(table.read())
                .containsExactlyInAnyOrder(new Old("a", 1), new Old("b", 8), new Old("c", 9), new Old("d", 10));
        assertThat(DeltaTable.forPath(LocalSpark.session(), table.path())
                        .history()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void puttingNothingIsFineAndMakesNoTable() {
        Table<Old> table = table(Old.class);
        table.put(List.of());
        assertThat(table.read()).isEmpty();
        assertThat(folder.resolve("t")).doesNotExist();
    }

    @Test
    void twoRowsOfOneKeyInOnePutAreRefused() {
        assertThatThrownBy(() -> table(Old.class).put(List.of(new Old("a", 1), new Old("a", 2))))
                .hasMessageContaining("two rows with key [a]");
    }

    @Test
    void anOlderTableReadsAsNullAndTakesTheNewColumn() {
        table(Old.class).put(List.of(new Old("a", 1), new Old("b", 2)));
        Table<New> table = table(New.class);
        assertThat(table.read()).contains(new New("a", 1, null));
        table.put(List.of(new New("b", 2, "merged")));
        table.put(List.of(new New("c", 3, "added")));
        assertThat(table.read())
                .containsExactlyInAnyOrder(new New("a", 1, null), new New("b", 2, "merged"), new New("c", 3, "added"));
    }

    @Test
    void missingAreTheCandidatesWhoseKeyHasNoRow() {
        Table<Old> table = table(Old.class);
        var candidates = LocalSpark.session()
                .createDataFrame(
                        List.of(Records.toRow(new Old("a", 9)), Records.toRow(new Old("b", 9))),
                        Records.schema(Old.class));
        assertThat(table.missing(candidates).count()).isEqualTo(2);
        table.put(List.of(new Old("a", 1)));
        assertThat(table.missing(candidates).collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("b");
    }

    @Test
    void aPutOpensOnlyTheFilesOfItsRuns() {
        Table<Old> table = table(Old.class);
        for (String run : List.of("a", "b", "c", "d")) {
            table.put(List.of(new Old(run, 1)));
        }
        assertThat(table.rows().inputFiles()).hasSize(4);
        assertThat(table.sharing(List.of(new Old("c", 2), new Old("x", 3))).inputFiles())
                .hasSize(1);
        table.put(List.of(new Old("c", 2), new Old("x", 3)));
        assertThat(table.read())
                .containsExactlyInAnyOrder(
                        new Old("a", 1), new Old("b", 1), new Old("c", 2), new Old("d", 1), new Old("x", 3));
    }

    @Test
    void manySmallFilesBecomeFewAndNoRowIsLost() {
        Table<Old> table = table(Old.class);
        List<Old> rows =
                IntStream.range(0, 20).mapToObj(i -> new Old("row" + i, i)).toList();
        rows.forEach(row -> table.put(List.of(row)));
        assertThat(table.rows().inputFiles()).hasSize(1 + 4);
        assertThat(table.read()).containsExactlyInAnyOrderElementsOf(rows);
    }

    private <T extends Record> Table<T> table(Class<T> type) {
        return new Table<>(LocalSpark::session, folder.resolve("t").toString(), type, List.of("id"), Fence.NONE);
    }
}
