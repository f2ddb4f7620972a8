package org.selgen.lake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructType;

/**
 * Brings a lake to this version, step by step; its number is written after each step, so that one that was killed is done
 * again.
 * <pre>
 *   1 → 2   every table has all columns of its record, so that readers other than selgen may name each; values that nobody
 *           recorded are null
 * </pre>
 */
public final class LakeUpgrade {
    private LakeUpgrade() {}

    /** Does all steps that are missing, as the lake's one writer; gives a line for each thing done. */
    public static List<String> of(Lake lake) throws IOException {
        List<String> done = new ArrayList<>();
        if (LakeVersion.of(lake.storage()) < 2) {
            addColumns(lake, done);
            version(lake, 2, done);
        }
        return done;
    }

    private static void version(Lake lake, int number, List<String> done) throws IOException {
        lake.storage().fence().check();
        lake.storage().at(LakeVersion.FILE).write(number + "\n");
        done.add("the lake has version " + number);
    }

    private static void addColumns(Lake lake, List<String> done) throws IOException {
        for (Table<?> table : Views.deltas(lake)) {
            Storage folder = Storage.of(table.path());
            if (!TableSnapshot.exists(folder)) {
                continue;
            }
            Set<String> known = TableSnapshot.newest(folder).columns();
            StructType schema = Records.schema(table.type());
            List<String> lacking = Stream.of(schema.fieldNames())
                    .filter(name -> !known.contains(name))
                    .toList();
            if (!lacking.isEmpty()) {
                new Commits(lake.spark(), table.path(), new PrimaryKey(table.key()), table.fence())
                        .append(lake.spark().createDataFrame(List.of(), schema));
                done.add(table.name() + " has new columns: " + String.join(", ", lacking));
            }
        }
    }
}
