package org.selgen.lake;

import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What changes a Delta table: each is one version of it, made behind the fence. Executors write the files, the driver commits.
 *
 * @param path folder of the table
 * @param key the columns that make a row one
 */
record Commits(SparkSession session, String path, PrimaryKey key, Fence fence) {
    private static final Logger LOG = LoggerFactory.getLogger(Commits.class);
    private static final int COMPACTION = 16; // versions from one to the next

    /** Adds rows of new keys, several times faster than a merge; gives how many. */
    long append(Dataset<Row> rows) {
        Observation written = new Observation();
        fence.commit(
                session,
                () -> rows.observe(written, functions.count(functions.lit(1)).as("rows"))
                        .write()
                        .format("delta")
                        .mode("append")
                        .option("mergeSchema", true)
                        .save(path));
        compact();
        try {
            return (Long) written.getAsJava().get("rows");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while rows of " + path + " were counted", e);
        }
    }

    /**
     * Adds rows of new keys; rows of known ones get the new values, where any differs.
     *
     * @param shared what a stored row of one of their keys fulfils, by which files are left out
     */
    void merge(Dataset<Row> rows, Column shared) {
        Set<String> stored = Set.of(session.read().format("delta").load(path).columns());
        List<String> keys = key.columns();
        String differs = Arrays.stream(rows.columns())
                .filter(name -> !keys.contains(name))
                .map(name -> stored.contains(name)
                        ? "NOT (old." + name + " <=> new." + name + ")"
                        : "new." + name + " IS NOT NULL")
                .collect(Collectors.joining(" OR "));
        fence.commit(
                session,
                () -> table().as("old")
                        .merge(rows.as("new"), functions.expr(key.same()).and(shared))
                        .withSchemaEvolution()
                        .whenMatched(differs.isEmpty() ? "false" : differs)
                        .updateAll()
                        .whenNotMatched()
                        .insertAll()
                        .execute());
        compact();
    }

    /** Takes out the rows of these keys. */
    void delete(Dataset<Row> rows) {
        fence.commit(
                session,
                () -> table().as("old")
                        .merge(rows.as("new"), key.same())
                        .whenMatched()
                        .delete()
                        .execute());
    }

    /** Takes out a part of the table. */
    void delete(Column part) {
        fence.commit(session, () -> table().delete(part));
    }

    /**
     * Each put leaves a file: after some of them the small ones become few. Delta's own compaction after a commit counts the
     * rows and files of the whole table first, which takes as long as the commit.
     */
    private void compact() {
        try {
            if (TableSnapshot.newest(Storage.of(path)).version() % COMPACTION == COMPACTION - 1) {
                fence.commit(session, () -> table().optimize().executeCompaction());
            }
        } catch (ConcurrentModificationException e) {
            LOG.info("{} is compacted another time: {}", path, e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("the table " + path + " cannot be read", e);
        }
    }

    private DeltaTable table() {
        return DeltaTable.forPath(session, path);
    }
}
