package org.selgen.lake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a table of which no two rows have the same values.
 *
 * @param columns at least one; the first of them should say most about where a row lies
 */
record PrimaryKey(List<String> columns) {
    private static final int FEW = 32; // values

    /** Its values in a row. */
    List<Object> of(Row row) {
        return columns.stream().map(name -> row.get(row.fieldIndex(name))).toList();
    }

    /** Its columns alone. */
    Dataset<Row> of(Dataset<Row> rows) {
        return rows.select(columns.stream().map(functions::col).toArray(Column[]::new));
    }

    /** That a row of {@code old} and one of {@code new} are one. */
    String same() {
        return columns.stream().map(name -> "old." + name + " = new." + name).collect(Collectors.joining(" AND "));
    }

    /**
     * That the first column has a value which one of the rows has. For a few values one by one, since Delta takes a list of
     * values for all between its least and its greatest.
     *
     * @param table what comes before the column's name
     */
    Column shared(String table, List<Row> rows) {
        Column first = functions.col(table + columns.get(0));
        List<Object> values =
                rows.stream().map(row -> of(row).get(0)).distinct().toList();
        return values.size() > FEW
                ? first.isin(values.toArray())
                : values.stream().map(first::equalTo).reduce(Column::or).orElseThrow();
    }

    /** The rows of these keys, where the files that may have them are few enough to be read here. */
    Optional<List<Row>> rows(TableSnapshot table, Set<List<Object>> keys, StructType schema) throws IOException {
        Set<Object> values = keys.stream().map(key -> key.get(0)).collect(Collectors.toSet());
        TableSnapshot some = values.size() > FEW ? table : table.having(columns.get(0), values);
        if (some.bytes() > TableSnapshot.SMALL) {
            return Optional.empty();
        }
        List<Row> rows = new ArrayList<>();
        some.forEach(schema, row -> {
            if (keys.contains(of(row))) {
                rows.add(row);
            }
        });
        return Optional.of(rows);
    }

    /** Of the rows those whose key is among those of others, or is not: {@code left_semi} or {@code left_anti}. */
    Dataset<Row> join(Dataset<Row> rows, Dataset<Row> others, String kind) {
        return rows.join(
                others, scala.collection.JavaConverters.asScalaBuffer(columns).toSeq(), kind);
    }
}
