package org.selgen.lake;

import io.delta.tables.DeltaTable;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * What changes a Delta table: each is one version of it, made behind the fence. Executors write the files, the driver commits.
 *
 * @param path folder of the table
 * @param key the columns that make a row one
 */
record Commits(SparkSession session, String path, PrimaryKey key, Fence fence) {

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

    private DeltaTable table() {
        return DeltaTable.forPath(session, path);
    }
}
