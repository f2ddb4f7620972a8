package org.selgen.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A table as text for a terminal: columns as wide as their widest cell, numbers to the right, long cells cut.
 *
 * @param header names of the columns
 * @param rows cells, as many a row as there are names
 */
public record TextTable(List<String> header, List<List<String>> rows) {
    private static final int WIDEST = 60;

    /** The header, a rule and the rows. */
    public List<String> lines() {
        List<List<String>> cells = rows.stream()
                .map(row -> row.stream().map(TextTable::cut).toList())
                .toList();
        List<List<String>> all = new ArrayList<>();
        all.add(header);
        all.addAll(cells);
        List<String> lines = new ArrayList<>(aligned(
                all, i -> cells.stream().allMatch(row -> row.get(i).matches("-?[0-9.,E-]*"))));
        lines.add(1, "-".repeat(lines.stream().mapToInt(String::length).max().orElse(0)));
        return lines;
    }

    /** A line for each row, its cells under each other with two blanks between. */
    static List<String> aligned(List<List<String>> rows, IntPredicate toTheRight) {
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(i ->
                        rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
                .toArray();
        boolean[] right = new boolean[widths.length];
        for (int i = 0; i < right.length; i++) {
            right[i] = toTheRight.test(i);
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String cell = row.get(i);
                String blanks = " ".repeat(widths[i] - cell.length());
                line.append(right[i] ? blanks + cell : cell + blanks).append("  ");
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static String cut(String cell) {
        String line = cell.replace("\n", "\\n");
        return line.length() > WIDEST ? line.substring(0, WIDEST - 1) + "…" : line;
    }
}
