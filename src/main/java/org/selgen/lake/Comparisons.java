package org.selgen.lake;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.selgen.data.Leak;
import org.selgen.file.Fingerprint;

/**
 * Which sets were compared with each other, and what that found.
 *
 * @param done a text for each comparison: hash of the rows that it saw
 * @param leaks what was found
 */
public record Comparisons(Storage done, Table<Leak> leaks) {

    /**
     * Whether these sets were compared as they are now.
     *
     * @param sets their names
     * @param rows hash of all their rows
     */
    public boolean has(List<String> sets, String rows) throws IOException {
        return of(sets).text().equals(Optional.of(rows));
    }

    /** Keeps what comparing sets found, in place of what an earlier comparison of any two of them did. */
    public void keep(List<String> sets, String rows, List<Leak> found) throws IOException {
        Object[] names = sets.toArray();
        leaks.replace(col("left").isin(names).and(col("right").isin(names)), found);
        of(sets).write(rows);
    }

    private Storage of(List<String> sets) {
        return done.at(Fingerprint.of(sets));
    }
}
