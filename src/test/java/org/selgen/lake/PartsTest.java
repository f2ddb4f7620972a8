package org.selgen.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartsTest {
    record Answer(String run, int n) {}

    @TempDir
    Path folder;

    private Parts<Answer> parts() {
        Table<Answer> table = new Table<>(
                LocalSpark::session, folder.resolve("t").toString(), Answer.class, List.of("run", "n"), Fence.NONE);
        return new Parts<>(table, Storage.of(folder.resolve("parts").toString()));
    }

    private static JavaRDD<Row> rows(Answer... rows) {
        return new JavaSparkContext(LocalSpark.session().sparkContext())
                .parallelize(List.of(rows).stream().map(Records::toRow).toList(), 1);
    }

    @Test
    void whatIsKeptIsInTheTableAndNoPartIsLeft() throws IOException {
        Parts<Answer> parts = parts();
        parts.write("a-0", rows(new Answer("a", 0), new Answer("a", 1)));
        parts.write("a-2", rows(new Answer("a", 2)));
        parts.keep(List.of("a-0", "a-2"));
        assertThat(parts.table().read())
                .containsExactlyInAnyOrder(new Answer("a", 0), new Answer("a", 1), new Answer("a", 2));
        assertThat(folder.resolve("parts")).isEmptyDirectory();
    }

    /** As after a driver that was killed: once before its commit, once between it and the deletion. */
    @Test
    void whatADriverLeftIsAddedOnceAndWhatATaskHadNotEndedIsNot() throws IOException {
        Parts<Answer> parts = parts();
        parts.table().put(List.of(new Answer("a", 0)));
        parts.write("a-0", rows(new Answer("a", 0), new Answer("a", 1)));
        parts.write("a-2", rows(new Answer("a", 2)));
        Files.delete(folder.resolve("parts/a-2/_SUCCESS"));
        parts.write("b-0", rows(new Answer("b", 0)));
        parts.recover(Set.of("a"));
        assertThat(parts.table().read()).containsExactlyInAnyOrder(new Answer("a", 0), new Answer("a", 1));
        assertThat(folder.resolve("parts"))
                .isDirectoryContaining("glob:**/b-0")
                .isDirectoryNotContaining("glob:**/a-*");
    }
}
