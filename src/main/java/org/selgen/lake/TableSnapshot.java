package org.selgen.lake;

import io.delta.kernel.Scan;
import io.delta.kernel.ScanBuilder;
import io.delta.kernel.Snapshot;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.expressions.Or;
import io.delta.kernel.expressions.Predicate;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * The newest version of a Delta table, read in this process by Delta Kernel: no session, no job. Spark needs five to ten
 * times as long until it has read the first row of a small table; of a large one it reads many files at once, and only
 * what is asked for.
 */
final class TableSnapshot {
    /** So many bytes of files are read here sooner than by Spark. */
    static final long SMALL = 4L << 20;

    /** More are counted sooner by Spark, though it has to start. */
    static final long LARGE = 16L << 20;

    private static final long OPENING = 20 << 10; // a file takes as long to open as so many bytes to read

    private static final String LOG = "_delta_log";
    private static final String VERSION = "[0-9]{20}\\..*"; // what a killed writer leaves has a dot first

    private final Engine engine;
    private final Snapshot snapshot;
    private final Optional<Predicate> shown;

    private TableSnapshot(Engine engine, Snapshot snapshot, Optional<Predicate> shown) {
        this.engine = engine;
        this.snapshot = snapshot;
        this.shown = shown;
    }

    /** Whether a folder has a table. */
    static boolean exists(Storage folder) throws IOException {
        return folder.at(LOG).names().stream().anyMatch(name -> name.matches(VERSION));
    }

    /** The same of the folder at a path. */
    static boolean exists(String path) {
        try {
            return exists(Storage.of(path));
        } catch (IOException e) {
            throw new UncheckedIOException("the table " + path + " cannot be looked at", e);
        }
    }

    /** Of the table in a folder. */
    static TableSnapshot newest(Storage folder) throws IOException {
        Engine engine = DefaultEngine.create(folder.hadoop());
        return new TableSnapshot(
                engine,
                io.delta.kernel.Table.forPath(engine, folder.uri()).getLatestSnapshot(engine),
                Optional.empty());
    }

    /**
     * The same without files whose statistics say that no row of theirs has one of these values; all where a value is no text.
     *
     * @param values at least one
     */
    TableSnapshot having(String column, Set<Object> values) {
        if (!values.stream().allMatch(String.class::isInstance)) {
            return this;
        }
        return new TableSnapshot(
                engine,
                snapshot,
                values.stream()
                        .map(value -> new Predicate("=", new Column(column), Literal.ofString((String) value)))
                        .reduce(Or::new));
    }

    private ScanBuilder scan() {
        ScanBuilder scan = snapshot.getScanBuilder(engine);
        return shown.map(filter -> scan.withFilter(engine, filter)).orElse(scan);
    }

    /** Its number, counted from 0. */
    long version() {
        return snapshot.getVersion(engine);
    }

    /** Bytes of all its files, and what it takes to open each, in bytes. */
    long bytes() throws IOException {
        return files(scan().build()).stream()
                .mapToLong(file ->
                        OPENING + InternalScanFileUtils.getAddFileStatus(file).getSize())
                .sum();
    }

    /** Names of its files, each with its bytes. */
    Map<String, Long> names() throws IOException {
        Map<String, Long> names = new LinkedHashMap<>();
        for (io.delta.kernel.data.Row file : files(scan().build())) {
            FileStatus status = InternalScanFileUtils.getAddFileStatus(file);
            names.put(new Path(status.getPath()).getName(), status.getSize());
        }
        return names;
    }

    /** Its columns. */
    Set<String> columns() {
        return Set.copyOf(snapshot.getSchema(engine).fieldNames());
    }

    /** Hands over every row, with the columns of a schema alone; one that the table lacks is null. */
    void forEach(StructType schema, Consumer<Row> action) throws IOException {
        Set<String> wanted = Set.of(schema.fieldNames());
        Scan scan = scan().withReadSchema(
                        engine,
                        new io.delta.kernel.types.StructType(snapshot.getSchema(engine).fields().stream()
                                .filter(field -> wanted.contains(field.getName()))
                                .toList()))
                .build();
        io.delta.kernel.data.Row state = scan.getScanState(engine);
        KernelRows rows = new KernelRows(schema);
        for (io.delta.kernel.data.Row file : files(scan)) {
            FileStatus status = InternalScanFileUtils.getAddFileStatus(file);
            var read = engine.getParquetHandler()
                    .readParquetFiles(
                            Utils.singletonCloseableIterator(status),
                            ScanStateRow.getPhysicalDataReadSchema(engine, state),
                            Optional.empty());
            try (CloseableIterator<FilteredColumnarBatch> batches =
                    Scan.transformPhysicalData(engine, state, file, read)) {
                while (batches.hasNext()) {
                    rows.each(batches.next().getRows(), action);
                }
            }
        }
    }

    private List<io.delta.kernel.data.Row> files(Scan scan) throws IOException {
        List<io.delta.kernel.data.Row> files = new ArrayList<>();
        try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine)) {
            while (batches.hasNext()) {
                batches.next().getRows().forEachRemaining(files::add);
            }
        }
        return files;
    }
}
