package org.selgen.source;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.selgen.data.BadInput;
import org.selgen.data.IoReason;

/**
 * A file of rows: JSON objects one a line, or one JSON list of them, both also packed by gzip; a table in Parquet, CSV
 * or TSV. Text is UTF-8, with or without a byte order mark. Which it is, its first bytes say, and of CSV and TSV its name.
 */
final class RowFile {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private RowFile() {}

    /**
     * What is made of each row of a file that is no table; only that is kept of it.
     *
     * @throws BadInput if the file is missing, has no rows, is not UTF-8, or holds what is not a JSON object
     */
    static <T> List<T> each(String path, Function<JsonRow, T> made) {
        return use(path, TableReader.NONE, rows -> {
            List<T> all = new ArrayList<>();
            rows.forEachRemaining(row -> all.add(made.apply(row)));
            return all;
        });
    }

    /** The first row, after which no other is read. */
    static JsonRow first(String path, TableReader tables) {
        return use(path, tables, Iterator::next);
    }

    /** What reads rows one after the other. */
    interface Use<T> {
        T of(Iterator<JsonRow> rows) throws IOException;
    }

    /** What is made of the rows of any file; there is at least one. Throws as {@link #each}. */
    static <T> T use(String path, TableReader tables, Use<T> use) {
        try {
            Optional<String> table = Signature.table(Path.of(path));
            return table.isPresent() ? table(path, table.get(), tables, use) : text(path, use);
        } catch (NoSuchFileException e) {
            throw new BadInput(path + " does not exist; correct its path", e);
        } catch (CharacterCodingException e) {
            throw new BadInput(path + " is not UTF-8 text; convert it", e);
        } catch (IOException e) {
            throw new BadInput(path + " cannot be read (" + IoReason.of(e) + "); give a readable file", e);
        } catch (InvalidPathException e) {
            throw new BadInput(path + " is no path; correct it", e);
        }
    }

    private static <T> T table(String path, String kind, TableReader tables, Use<T> use) throws IOException {
        if (!kind.equals(Signature.PARQUET)) {
            try (BufferedReader reader = reader(Path.of(path))) {
                reader.transferTo(Writer.nullWriter()); // Spark would put replacements for what is not UTF-8
            }
        }
        return some(path, JsonRows.ofTable(path, tables.rows(path)), use);
    }

    private static <T> T text(String path, Use<T> use) throws IOException {
        try (BufferedReader reader = reader(Path.of(path))) {
            reader.mark(2);
            int first = reader.read();
            reader.reset();
            return some(path, first == '[' ? JsonRows.ofList(path, reader) : JsonRows.ofLines(path, reader), use);
        }
    }

    private static <T> T some(String path, Iterator<JsonRow> rows, Use<T> use) throws IOException {
        try {
            if (!rows.hasNext()) {
                throw new BadInput(path + " has no rows; give a file with one JSON object per line, or another form");
            }
            return use.of(rows);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** The text behind its byte order mark. */
    private static BufferedReader reader(Path path) throws IOException {
        InputStream bytes = new BufferedInputStream(Files.newInputStream(path));
        try {
            bytes.mark(2);
            boolean packed = bytes.read() == 0x1f && bytes.read() == 0x8b;
            bytes.reset();
            BufferedReader reader = new BufferedReader(new InputStreamReader(
                    packed ? new GZIPInputStream(bytes) : bytes, StandardCharsets.UTF_8.newDecoder()));
            reader.mark(1);
            if (reader.read() != BYTE_ORDER_MARK) {
                reader.reset();
            }
            return reader;
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }
}
