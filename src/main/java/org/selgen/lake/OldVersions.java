package org.selgen.lake;

import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.selgen.file.ByteSize;

/**
 * What only versions of a table need that are older than {@link DeltaSettings#RETENTION}: files that a merge, a deletion or a
 * compaction has written anew. Delta's VACUUM finds and deletes them; no version of the table is made for it.
 *
 * @param files how many
 */
record OldVersions(Table<?> table, int files, DiskUse use) {
    /** Looks for them; Delta is asked only where a file that the newest version does not name is old enough. */
    static Optional<OldVersions> of(Table<?> table, Instant now) throws IOException {
        Storage folder = Storage.of(table.path());
        if (!TableSnapshot.exists(folder) || !hasOldFile(folder, now.minus(DeltaSettings.RETENTION))) {
            return Optional.empty();
        }
        int files = 0;
        DiskUse use = DiskUse.NONE;
        for (Row file : dryRun(table).collectAsList()) {
            DiskUse one = Storage.of(file.getString(0)).use();
            use = use.plus(one.bytes(), one.newest().toEpochMilli());
            files++;
        }
        return files == 0 ? Optional.empty() : Optional.of(new OldVersions(table, files, use));
    }

    private static boolean hasOldFile(Storage folder, Instant before) throws IOException {
        Set<String> named = TableSnapshot.newest(folder).names().keySet();
        for (String name : folder.names()) {
            if (name.endsWith(".parquet")
                    && !named.contains(name)
                    && folder.at(name).use().newest().isBefore(before)) {
                return true;
            }
        }
        return false;
    }

    private static Dataset<Row> dryRun(Table<?> table) {
        String path = table.path().replace("`", "``");
        return table.session().get().sql("VACUUM delta.`" + path + "` RETAIN " + hours() + " HOURS DRY RUN");
    }

    private static long hours() {
        return DeltaSettings.RETENTION.toHours();
    }

    /** Deletes them, as the lake's one writer. */
    void delete() {
        SparkSession session = table.session().get();
        table.fence()
                .commit(session, () -> DeltaTable.forPath(session, table.path()).vacuum((double) hours()));
    }

    String line() {
        Duration kept = DeltaSettings.RETENTION;
        return files + " files of " + table.name() + " (" + ByteSize.decimal(use.bytes()) + "): of versions older than "
                + kept.toDays() + " days alone";
    }
}
