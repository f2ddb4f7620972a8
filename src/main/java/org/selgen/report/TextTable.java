package org.selgen.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.selgen.data.Printable;

/**
 * A table as text for a terminal: columns as wide as their widest cell, numbers to the right, nothing in it that a
 * terminal would obey.
 *
 * @param header names of the columns
 * @param rows cells, as many a row as there are names
 * @param widest characters of a cell; a longer one is cut and ends in an ellipsis
 */
public record TextTable(List<String> header, List<List<String>> rows, int widest) {
    private static final int WIDEST = 60;
    private static final Pattern NUMBER = Pattern.compile("-?[0-9.,E-]*");

    /** With cells of up to 60 characters. */
    public TextTable(List<String> header, List<List<String>> rows) {
        this(header, rows, WIDEST);
    }

    /** With whole cells, where two rows may differ in a cell's last character only. */
    public static TextTable uncut(List<String> header, List<List<String>> rows) {
        return new TextTable(header, rows, Integer.MAX_VALUE);
    }

    /** The header, a rule and the rows. */
    public List<String> lines() {
        List<List<String>> cells =
                rows.stream().map(row -> row.stream().map(this::cut).toList()).toList();
        List<List<String>> all = new ArrayList<>();
        all.add(header.stream().map(Printable::line).toList());
        all.addAll(cells);
        List<String> lines = new ArrayList<>(aligned(
                all,
                i -> cells.stream().allMatch(row -> NUMBER.matcher(row.get(i)).matches())));
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

    private String cut(String cell) {
        boolean cut = cell.length() > widest; // before its characters are looked at: an answer may be long
        String line = Printable.line(cut ? cell.substring(0, widest) : cell);
        return cut || line.length() > widest ? line.substring(0, widest - 1) + "…" : line;
    }
}
