package org.selgen.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A table for a terminal: columns as wide as their widest cell, numbers to the right.
 *
 * @param header names of the columns
 * @param rows cells, as many a row as there are names
 */
public record TerminalTable(List<String> header, List<List<String>> rows) {
    private static final int WIDEST = 60;

    public static TerminalTable of(Dataset<Row> data) {
        return new TerminalTable(
                List.of(data.columns()),
                data.collectAsList().stream().map(TerminalTable::cells).toList());
    }

    /** Each value as text; an absent one is empty. */
    public static List<String> cells(Row row) {
        return IntStream.range(0, row.size())
                .mapToObj(i -> row.isNullAt(i) ? "" : String.valueOf(row.get(i)))
                .toList();
    }

    public List<String> lines() {
        List<List<String>> all = new ArrayList<>();
        all.add(header);
        rows.forEach(row -> all.add(row.stream().map(TerminalTable::shown).toList()));
        List<String> lines = new ArrayList<>();
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < header.size(); i++) {
                int at = i;
                int width = all.stream()
                        .mapToInt(each -> each.get(at).length())
                        .max()
                        .orElse(0);
                boolean number =
                        all.stream().skip(1).allMatch(each -> each.get(at).matches("-?[0-9.,E-]*"));
                String blanks = " ".repeat(width - row.get(i).length());
                line.append(number ? blanks + row.get(i) : row.get(i) + blanks).append("  ");
            }
            lines.add(line.toString().stripTrailing());
        }
        lines.add(1, "-".repeat(lines.stream().mapToInt(String::length).max().orElse(0)));
        return lines;
    }

    private static String shown(String cell) {
        String line = cell.replace("\n", "\\n");
        return line.length() > WIDEST ? line.substring(0, WIDEST - 1) + "…" : line;
    }
}
