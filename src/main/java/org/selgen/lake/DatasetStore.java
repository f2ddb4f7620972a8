package org.selgen.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.selgen.data.BadInput;
import org.selgen.file.Fingerprint;

/**
 * Named sets of records, each a Parquet folder {@code <name>-<hash of its rows>}, so that a set never changes under a
 * reader. The file {@code <name>.current} says which folder the name means now. A folder appears complete or not at all.
 *
 * @param session gives the session
 * @param folder where the sets lie
 * @param type the record a row holds
 */
public record DatasetStore<T extends Record>(Supplier<SparkSession> session, Storage folder, Class<T> type) {
    private static final String CURRENT = ".current";

    /** Rows read in this process by folder: a folder's rows never change. */
    private static final Map<String, SoftReference<List<?>>> READ = new ConcurrentHashMap<>();

    /** Keeps the rows under the name and gives their hash; does nothing where they are kept already. */
    public String put(String name, List<T> rows) throws IOException {
        String hash = Fingerprint.of(rows);
        Storage target = folder.at(name + "-" + hash);
        if (!target.exists()) {
            Storage unfinished = folder.at("_" + name + "-" + hash);
            session.get()
                    .createDataFrame(rows.stream().map(Records::toRow).toList(), Records.schema(type))
                    .coalesce(1)
                    .write()
                    .mode(SaveMode.Overwrite)
                    .parquet(unfinished.uri());
            unfinished.renameTo(target);
        }
        if (!hash(name).equals(Optional.of(hash))) {
            folder.at(name + CURRENT).write(hash + "\n");
        }
        return hash;
    }

    /** Whether the name means these rows now. */
    public boolean holds(String name, List<T> rows) throws IOException {
        return hash(name).equals(Optional.of(Fingerprint.of(rows)));
    }

    /** Hash of the rows the name means now; empty if it was never prepared. */
    public Optional<String> hash(String name) throws IOException {
        return folder.at(name + CURRENT).text().map(String::strip);
    }

    /**
     * Rows of the named set, in the order they were put.
     *
     * @throws BadInput if it was never prepared
     */
    public List<T> read(String name) throws IOException {
        String hash = hash(name)
                .orElseThrow(() -> new BadInput(
                        "dataset '" + name + "' is not prepared in " + folder.uri() + "; run 'selgen prepare' first"));
        Storage target = folder.at(name + "-" + hash);
        List<?> known =
                READ.getOrDefault(target.uri(), new SoftReference<>(null)).get();
        if (known != null && target.exists()) {
            return known.stream().map(type::cast).toList();
        }
        List<T> rows = session.get().read().schema(Records.schema(type)).parquet(target.uri()).collectAsList().stream()
                .map(row -> Records.fromRow(row, type))
                .toList();
        READ.put(target.uri(), new SoftReference<>(rows));
        return rows;
    }

    /** Rows of all sets as their names mean them now. */
    public Dataset<Row> rows() throws IOException {
        List<String> paths = folder.names().stream()
                .filter(file -> file.endsWith(CURRENT) && !file.startsWith("_"))
                .map(file -> file.substring(0, file.length() - CURRENT.length()))
                .map(this::path)
                .toList();
        return paths.isEmpty()
                ? session.get().createDataFrame(List.of(), Records.schema(type))
                : session.get().read().schema(Records.schema(type)).parquet(paths.toArray(String[]::new));
    }

    private String path(String name) {
        try {
            return folder.at(name + "-" + hash(name).orElseThrow()).uri();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
