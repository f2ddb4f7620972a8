package org.selgen.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * A Delta table of records, one row a key. Only the driver writes, one put after the other.
 *
 * @param session gives the session; not asked for while nothing was put
 * @param path folder of the table; made by the first put
 * @param type the record a row holds
 * @param key the columns that make a row one
 * @param fence what each write passes
 */
public record Table<T extends Record>(
        Supplier<SparkSession> session, String path, Class<T> type, List<String> key, Fence fence) {
    private static final Object WRITER = new Object();

    /** What it is called in SQL. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** All rows; none if nothing was put yet. A column that an older table lacks is null. */
    public Dataset<Row> rows() {
        StructType schema = Records.schema(type);
        if (!exists()) {
            return spark().createDataFrame(List.of(), schema);
        }
        return Records.select(spark().read().format("delta").load(path), schema);
    }

    /** All rows as they are now. Those of a small table are read here and at once, before Spark could begin. */
    public Dataset<Row> snapshot() {
        return look(newest -> newest.bytes() <= TableSnapshot.SMALL ? here(newest) : rows())
                .orElseGet(this::rows);
    }

    private Dataset<Row> here(TableSnapshot newest) throws IOException {
        List<Row> rows = new ArrayList<>();
        newest.forEach(Records.schema(type), rows::add);
        return spark().createDataFrame(rows, Records.schema(type));
    }

    /** Whether Spark counts its rows sooner than one thread reads their keys. */
    public boolean isLarge() {
        return look(newest -> newest.bytes() > TableSnapshot.LARGE).orElse(false);
    }

    /** All rows; no Spark is started for it. */
    public List<T> read() {
        return read(row -> true);
    }

    /** Those that fit, one looked at after the other; no Spark is started for it. */
    public List<T> read(Predicate<T> fits) {
        return read(type, fits);
    }

    /** The same of some columns, which are the components of a record; what the others hold is not read. */
    public <R extends Record> List<R> read(Class<R> columns, Predicate<R> fits) {
        List<R> rows = new ArrayList<>();
        forEach(columns, record -> {
            if (fits.test(record)) {
                rows.add(record);
            }
        });
        return rows;
    }

    /** Looks at the same one after the other and keeps none. */
    public <R extends Record> void forEach(Class<R> columns, Consumer<R> action) {
        var unused = look(newest -> {
            newest.forEach(Records.schema(columns), row -> action.accept(Records.fromRow(row, columns)));
            return true;
        });
    }

    private interface Look<R> {
        R at(TableSnapshot newest) throws IOException;
    }

    /** What the newest version shows, read in this process; nothing where nothing was put. */
    private <R> Optional<R> look(Look<R> look) {
        try {
            return exists() ? Optional.of(look.at(TableSnapshot.newest(Storage.of(path)))) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the table " + path + " cannot be read", e);
        }
    }

    /** The candidates whose key has no row yet. */
    public Dataset<Row> missing(Dataset<Row> candidates) {
        return exists() ? primaryKey().join(candidates, rows(), "left_anti") : candidates;
    }

    /**
     * Puts rows: a new key is added, a known one gets the new values. Putting the same rows again writes nothing.
     *
     * @return how many of them were new or other than before
     * @throws IllegalArgumentException if two of the rows have one key
     */
    public long put(List<T> rows) {
        Set<List<Object>> keys = new HashSet<>();
        for (T row : rows) {
            if (!keys.add(key(row))) {
                throw new IllegalArgumentException("two rows with key " + key(row) + " in one put to " + path);
            }
        }
        if (rows.isEmpty()) {
            return 0;
        }
        synchronized (WRITER) {
            return fence.repeat(() -> putNow(rows));
        }
    }

    private long putNow(List<T> rows) {
        List<T> stored = exists() ? stored(rows) : List.of();
        Set<T> same = new HashSet<>(stored);
        List<T> changed = rows.stream().filter(row -> !same.contains(row)).toList();
        Set<List<Object>> known = stored.stream().map(this::key).collect(Collectors.toSet());
        if (changed.stream().map(this::key).anyMatch(known::contains)) {
            commits().merge(dataset(changed), primaryKey().shared("old.", toRows(changed)));
        } else if (!changed.isEmpty()) {
            commits().append(dataset(changed).coalesce(1)); // one writer, so nobody added a key since we looked
        }
        return changed.size();
    }

    /**
     * Adds rows in one version of the table, each written where it is made: none passes through the driver. None adds none.
     *
     * @param rows of different keys that have no row yet, as those that {@link #missing} gives
     * @return how many there were
     */
    public long append(Dataset<Row> rows) {
        synchronized (WRITER) {
            return rows.isEmpty() ? 0L : fence.repeat(() -> commits().append(rows));
        }
    }

    /** The same where rows are many, of different keys: none passes through the driver. They are read several times. */
    public long put(Dataset<Row> rows) {
        synchronized (WRITER) {
            return exists() ? fence.repeat(() -> putNow(rows)) : append(rows);
        }
    }

    private long putNow(Dataset<Row> rows) {
        Dataset<Row> changed = rows.except(rows()).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            long count = changed.count(); // a commit makes Spark forget what it has kept of the table
            if (count > 0 && primaryKey().join(changed, rows(), "left_semi").isEmpty()) {
                commits().append(changed);
            } else if (count > 0) {
                commits().merge(changed, functions.lit(true));
            }
            return count;
        } finally {
            changed.unpersist();
        }
    }

    /** Puts rows, and takes out those of a part of the table that are not among them. All rows must be of that part. */
    public void replace(Column part, List<T> rows) {
        synchronized (WRITER) {
            Set<List<Object>> keys = rows.stream().map(this::key).collect(Collectors.toSet());
            List<Row> gone = rows().where(part).collectAsList().stream()
                    .filter(row -> !keys.contains(primaryKey().of(row)))
                    .toList();
            if (!gone.isEmpty()) {
                commits().delete(spark().createDataFrame(gone, Records.schema(type)));
            }
            put(rows);
        }
    }

    /** Takes out a part of the table, in one version of it. */
    public void delete(Column part) {
        synchronized (WRITER) {
            if (exists()) {
                commits().delete(part);
            }
        }
    }

    private List<T> stored(List<T> rows) {
        Set<List<Object>> known = rows.stream().map(this::key).collect(Collectors.toSet());
        List<Row> stored = look(newest -> primaryKey().rows(newest, known, Records.schema(type)))
                .orElseThrow()
                .orElseGet(() -> primaryKey()
                        .join(sharing(rows), functions.broadcast(primaryKey().of(dataset(rows))), "left_semi")
                        .collectAsList());
        return stored.stream().map(row -> Records.fromRow(row, type)).toList();
    }

    /**
     * Those whose first key column has a value that it has in these rows. A file of Delta says from where to where its values
     * go, and a put is of one run or a few, so files of other runs are not opened until a compaction has joined them.
     */
    Dataset<Row> sharing(List<T> rows) {
        return rows().where(primaryKey().shared("", toRows(rows)));
    }

    private Dataset<Row> dataset(List<T> rows) {
        return spark().createDataFrame(toRows(rows), Records.schema(type));
    }

    private List<Row> toRows(List<T> rows) {
        return rows.stream().map(Records::toRow).toList();
    }

    private List<Object> key(T row) {
        return primaryKey().of(Records.toRow(row));
    }

    private PrimaryKey primaryKey() {
        return new PrimaryKey(key);
    }

    private Commits commits() {
        return new Commits(spark(), path, primaryKey(), fence);
    }

    private SparkSession spark() {
        return session.get();
    }

    private boolean exists() {
        return TableSnapshot.exists(path);
    }
}
