package org.selgen.report.table;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A table for LaTeX, with rules of the package booktabs. */
public final class Latex {
    private static final Map<Character, String> WRITTEN = Map.ofEntries(
            Map.entry('\\', "\\textbackslash{}"),
            Map.entry('{', "\\{"),
            Map.entry('}', "\\}"),
            Map.entry('$', "\\$"),
            Map.entry('&', "\\&"),
            Map.entry('#', "\\#"),
            Map.entry('%', "\\%"),
            Map.entry('_', "\\_"),
            Map.entry('^', "\\textasciicircum{}"),
            Map.entry('~', "\\textasciitilde{}"),
            Map.entry('<', "\\textless{}"),
            Map.entry('>', "\\textgreater{}"),
            Map.entry('\u00b1', "$\\pm$"),
            Map.entry('\u2013', "--"),
            Map.entry('\u2212', "$-$"),
            Map.entry('\u2020', "\\dag{}"),
            Map.entry('\u2021', "\\ddag{}"),
            Map.entry('\u00a7', "\\S{}"),
            Map.entry('\u00b6', "\\P{}"));

    private Latex() {}

    /**
     * A {@code tabular}, the first columns to the left and the others to the right.
     *
     * @param left how many are to the left
     * @param notes comments above it
     */
    public static String of(List<String> columns, List<List<String>> rows, int left, List<String> notes) {
        StringBuilder text = new StringBuilder("% needs \\usepackage{booktabs}\n");
        notes.forEach(
                note -> text.append("% ").append(note.replaceAll("\\s+", " ")).append('\n'));
        text.append("\\begin{tabular}{")
                .append("l".repeat(left))
                .append("r".repeat(columns.size() - left))
                .append("}\n\\toprule\n")
                .append(line(columns))
                .append("\\midrule\n");
        rows.forEach(row -> text.append(line(row)));
        return text.append("\\bottomrule\n\\end{tabular}\n").toString();
    }

    private static String line(List<String> cells) {
        return cells.stream().map(Latex::escaped).collect(Collectors.joining(" & ", "", " \\\\\n"));
    }

    /** Text that shows as itself. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            escaped.append(Character.isISOControl(c) ? " " : WRITTEN.getOrDefault(c, String.valueOf(c)));
        }
        return escaped.toString();
    }
}
