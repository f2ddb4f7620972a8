package org.selgen.report.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * A table with exact values.
 *
 * @param name a file's name without its ending
 * @param columns their names
 * @param rows cells, as many a row as there are columns: texts, numbers, {@code true} or {@code false}, or null for no value
 */
public record ResultTable(String name, List<String> columns, List<List<@Nullable Object>> rows) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public ResultTable {
        columns = List.copyOf(columns);
        for (List<@Nullable Object> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException("a row of table " + name + " has " + row.size()
                        + " cells but there are " + columns.size() + " columns; give one for each");
            }
        }
    }

    /** A row; a cell may be null. */
    public static List<@Nullable Object> row(@Nullable Object... cells) {
        return Collections.unmodifiableList(new ArrayList<>(Arrays.asList(cells)));
    }

    /** RFC 4180; a cell without a value is empty. */
    public String csv() {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter csv = new CSVPrinter(text, CSVFormat.RFC4180)) {
            csv.printRecord(columns);
            for (List<@Nullable Object> row : rows) {
                csv.printRecord(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringBuilder can be written
        }
        return text.toString();
    }

    /** A list with an object a row, a line each. */
    public String json() {
        return lines().stream().collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    }

    /** An object a row. */
    public List<String> lines() {
        return rows.stream().map(this::object).toList();
    }

    private String object(List<@Nullable Object> row) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            object.put(columns.get(i), row.get(i));
        }
        try {
            return JSON.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a row of table " + name + " cannot be JSON", e);
        }
    }
}
