package org.selgen.lake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;

/**
 * Rows of a table that tasks make: each task's are a folder of Parquet files, written where they are made, until the driver has
 * them all in one version of the table. So no row passes through the driver, and a driver that is killed loses none of a task
 * that has ended.
 *
 * @param table whose rows they are
 * @param folder in which each part is a folder named {@code RUN-NUMBER}
 */
public record Parts<T extends Record>(Table<T> table, Storage folder) {
    static final String FOLDER = "parts";

    private static final String COMPLETE = "_SUCCESS"; // Spark writes it last

    /** Those of a table of the lake. */
    public static <T extends Record> Parts<T> of(Lake lake, Table<T> table) {
        return new Parts<>(table, lake.storage().at(FOLDER).at(table.name()));
    }

    /**
     * Writes a part, in place of what an attempt before has left of it. Returns when Spark has.
     *
     * @param rows of the table, as {@link Records#toRow} gives them
     */
    public void write(String part, JavaRDD<Row> rows) {
        table.session()
                .get()
                .createDataFrame(rows, Records.schema(table.type()))
                .write()
                .mode(SaveMode.Overwrite)
                .parquet(folder.at(part).uri());
    }

    /** Adds the rows of these parts, whose keys have no rows yet, to the table, and deletes the parts. */
    public void keep(List<String> parts) throws IOException {
        table.append(rows(parts));
        delete(parts);
    }

    /** Adds what a driver that was killed had not added of these runs. */
    public void recover(Set<String> runs) throws IOException {
        List<String> all =
                folder.names().stream().filter(name -> runs.contains(run(name))).toList();
        List<String> complete = new ArrayList<>();
        for (String part : all) {
            if (isComplete(folder.at(part))) {
                complete.add(part);
            }
        }
        if (!complete.isEmpty()) {
            table.append(table.missing(rows(complete)).coalesce(1));
        }
        delete(all);
    }

    /** The run whose rows a part has. */
    static String run(String part) {
        return part.replaceFirst("-[0-9]+$", "");
    }

    /** Whether the task that wrote a part has come to its end. */
    static boolean isComplete(Storage part) throws IOException {
        return part.at(COMPLETE).exists();
    }

    /** Deletes parts; does nothing where there are none. */
    public void delete(List<String> parts) throws IOException {
        for (String part : parts) {
            folder.at(part).delete();
        }
    }

    private Dataset<Row> rows(List<String> parts) {
        String[] folders = parts.stream().map(part -> folder.at(part).uri()).toArray(String[]::new);
        return table.session()
                .get()
                .read()
                .schema(Records.schema(table.type()))
                .parquet(folders)
                .coalesce(1);
    }
}
