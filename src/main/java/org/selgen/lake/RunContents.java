package org.selgen.lake;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;

/** What a lake has of its runs beside their rows in the table runs: rows of other tables by their column run, and folders. */
public record RunContents(Lake lake) {
    private static final String RUN = "run";

    private List<Table<?>> tables() {
        return List.of(
                lake.steps(), lake.generations(), lake.likelihoods(), lake.judgements(), lake.scores(), lake.tasks());
    }

    /** A place's path within the lake. */
    String path(Storage place) {
        return place.uri().substring(lake.storage().uri().length() + 1);
    }

    /** How many rows each table has of each run that it names: by table, then by run. */
    Map<String, Map<String, Long>> rows() {
        Map<String, Map<String, Long>> rows = new LinkedHashMap<>();
        for (Table<?> table : tables()) {
            Map<String, Long> counts = new LinkedHashMap<>();
            for (Row row : table.snapshot().groupBy(RUN).count().collectAsList()) {
                counts.put(row.getString(0), row.getLong(1));
            }
            rows.put(table.name(), counts);
        }
        return rows;
    }

    /** How many rows each table has of some runs, the table runs first; those alone that have any. */
    public Map<String, Long> rows(Collection<String> runs) {
        Map<String, Long> rows = new LinkedHashMap<>();
        rows.put(
                lake.runs().name(),
                lake.runs().snapshot().where(col("id").isin(runs.toArray())).count());
        for (Table<?> table : tables()) {
            rows.put(
                    table.name(),
                    table.snapshot().where(col(RUN).isin(runs.toArray())).count());
        }
        rows.values().removeIf(count -> count == 0);
        return rows;
    }

    /** The folders of some runs, by their path in the lake. */
    public Map<String, DiskUse> folders(Collection<String> runs) throws IOException {
        Map<String, DiskUse> folders = new LinkedHashMap<>();
        for (Storage parent : List.of(lake.adapters(), lake.checkpoints())) {
            Set<String> there = new HashSet<>(parent.names());
            for (String run : runs) {
                if (there.contains(run)) {
                    folders.put(path(parent.at(run)), parent.at(run).use());
                }
            }
        }
        return folders;
    }

    /**
     * Deletes runs with all that is theirs, and nothing of others. Their own rows go first: from then on the rest is nobody's,
     * so that {@link Garbage} finds what a deletion that was killed has left.
     */
    public void delete(Collection<String> runs) throws IOException {
        lake.runs().delete(col("id").isin(runs.toArray()));
        for (String folder : folders(runs).keySet()) {
            lake.storage().at(folder).delete();
        }
        deleteRows(runs);
    }

    /** Deletes the rows of runs that have none of their own. */
    void deleteRows(Collection<String> runs) {
        for (Table<?> table : tables()) {
            table.delete(col(RUN).isin(runs.toArray()));
        }
    }
}
