package org.selgen.lake;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.selgen.data.BadInput;
import org.selgen.data.Run;

/** Looks through a lake for what should not be; changes nothing. */
public final class LakeCheck {
    private static final int NAMED = 3; // of many alike

    private final Lake lake;
    private final AdapterReader adapters;
    private final List<Run> runs;
    private final List<String> wrong = new ArrayList<>();

    private LakeCheck(Lake lake, AdapterReader adapters) {
        this.lake = lake;
        this.adapters = adapters;
        this.runs = lake.runs().read();
    }

    /** Reads what says of an adapter's tensors where they are, but none of them. */
    public interface AdapterReader {
        /**
         * Reads an adapter's folder.
         *
         * @throws BadInput if it cannot be loaded
         */
        void read(Path folder);
    }

    /**
     * What was found.
     *
     * @param wrong each with what to do
     * @param leftovers what no run needs, which does no harm; not looked for where a table lacks files
     */
    public record Findings(List<String> wrong, List<String> leftovers) {}

    /**
     * Looks through a lake.
     *
     * @param needs ids of the adapters that a run began from or was trained against
     */
    public static Findings of(Lake lake, AdapterReader adapters, Function<Run, List<String>> needs) throws IOException {
        LakeCheck check = new LakeCheck(lake, adapters);
        boolean whole = check.files();
        if (whole) {
            check.keys();
            check.runsOfRows();
            check.questionsOfRows();
        }
        check.adapters();
        check.datasets();
        check.parts();
        check.journals();
        return new Findings(List.copyOf(check.wrong), whole ? leftovers(lake, needs) : List.of());
    }

    private static List<String> leftovers(Lake lake, Function<Run, List<String>> needs) throws IOException {
        return GarbageSearch.find(lake, needs, Instant.now()).folders().stream()
                .map(Garbage.Folder::line)
                .toList();
    }

    /** Whether all files that the tables name are there. */
    private boolean files() throws IOException {
        int before = wrong.size();
        for (Table<?> table : Views.deltas(lake)) {
            Storage folder = Storage.of(table.path());
            if (TableSnapshot.exists(folder)) {
                Set<String> there = new HashSet<>(folder.names());
                Map<String, Long> named = TableSnapshot.newest(folder).names();
                named.keySet().removeAll(there);
                tell(
                        "table " + table.name() + " lacks " + named.size() + " of its files",
                        named.keySet(),
                        "put them back from a copy of the lake");
            }
        }
        return wrong.size() == before;
    }

    private void keys() {
        for (Table<?> table : Views.deltas(lake)) {
            Column[] key = table.key().stream().map(functions::col).toArray(Column[]::new);
            List<Row> twice = table.rows()
                    .groupBy(key)
                    .count()
                    .where(col("count").gt(1))
                    .limit(NAMED)
                    .collectAsList();
            tell(
                    "table " + table.name() + " has several rows of one key",
                    twice.stream().map(Row::toString).toList(),
                    "delete their runs, and run again");
        }
    }

    private void runsOfRows() throws IOException {
        Set<String> known = runs.stream().map(Run::id).collect(Collectors.toSet());
        known.addAll(lake.artefacts().names()); // the table tasks tells of their trainings
        new RunContents(lake).rows().forEach((table, counts) -> {
            counts.keySet().removeAll(known);
            tell(
                    "table " + table + " has rows of runs that have none in the table runs",
                    counts.keySet(),
                    "'selgen gc' deletes them");
        });
    }

    private void questionsOfRows() throws IOException {
        Column[] key = {col("dataset"), col("question")};
        Dataset<Row> questions =
                lake.questions().everyRow().select(col("dataset"), col("id").as("question"));
        for (Table<?> table : List.of(lake.generations(), lake.likelihoods(), lake.judgements())) {
            Dataset<Row> asked = table.rows().select(key).distinct();
            List<Row> unknown = asked.join(
                            broadcast(questions),
                            scala.collection.JavaConverters.asScalaBuffer(List.of("dataset", "question"))
                                    .toSeq(),
                            "left_anti")
                    .limit(NAMED)
                    .collectAsList();
            tell(
                    "table " + table.name() + " has rows of questions that were never prepared",
                    unknown.stream().map(Row::toString).toList(),
                    "prepare their datasets as they were");
        }
    }

    private void adapters() throws IOException {
        for (Run run : runs) {
            if (run.adapter().isEmpty()) {
                continue;
            }
            try {
                adapters.read(lake.adapter(run).localCopy(""));
            } catch (BadInput e) {
                wrong.add("run " + run.id() + " has an adapter that cannot be loaded: " + e.getMessage());
            }
        }
    }

    private void datasets() throws IOException {
        for (DatasetStore<?> store : List.of(lake.examples(), lake.questions())) {
            tell(store.folder().uri() + " names sets that are not there", store.lost(), "prepare their datasets again");
        }
    }

    /** Rows that tasks have written to their end and that are still to be added; what has no run or end is a leftover. */
    private void parts() throws IOException {
        for (Table<?> table : Views.deltas(lake)) {
            Storage parts = Parts.of(lake, table).folder();
            for (String name : parts.names()) {
                try {
                    if (Parts.isComplete(parts.at(name))) {
                        new ParquetFolder(parts.at(name)).forEach(Records.schema(table.type()), row -> {});
                    }
                } catch (RuntimeException | IOException e) { // the kernel has several
                    wrong.add(parts.at(name).uri() + " cannot be read (" + e.getMessage()
                            + "); delete it, and its answers are made again");
                }
            }
        }
    }

    private void journals() throws IOException {
        for (Path journal : Journal.files(lake)) {
            try {
                var unused = Journal.runs(journal);
            } catch (BadInput e) {
                wrong.add(e.getMessage());
            }
        }
    }

    private void tell(String what, Collection<String> which, String mend) {
        if (!which.isEmpty()) {
            wrong.add(what + ": " + which.stream().limit(NAMED).collect(Collectors.joining(", "))
                    + (which.size() > NAMED ? " and others" : "") + "; " + mend);
        }
    }
}
