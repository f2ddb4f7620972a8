package org.selgen.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.selgen.data.Run;

/** The standings as lines of text. */
final class TextTable {
    private TextTable() {}

    static String of(Results results) {
        List<SettingSummary> standings = SettingSummary.of(results);
        List<SettingSummary> front = SettingSummary.front(standings);
        List<List<String>> rows = new ArrayList<>();
        boolean marked = standings.stream().anyMatch(SettingSummary::degenerate);
        rows.add(List.of(
                "method",
                "knobs",
                "seeds",
                "capability",
                "95 % int.",
                "alignment",
                "95 % int.",
                "front",
                marked ? "degenerate" : ""));
        for (SettingSummary standing : standings) {
            rows.add(List.of(
                    standing.setting().method(),
                    standing.setting().knobs(),
                    String.valueOf(standing.seeds().size()),
                    NumberFormats.mean(standing.capability()),
                    NumberFormats.interval(standing.capability()),
                    NumberFormats.mean(standing.alignment()),
                    NumberFormats.interval(standing.alignment()),
                    front.contains(standing) ? "*" : "",
                    standing.degenerate() ? NumberFormats.two(results.degenerate(standing)) : ""));
        }
        StringBuilder text = new StringBuilder();
        rows.forEach(row -> text.append(line(row, rows)).append('\n'));
        text.append(marked ? Legend.DEGENERATE + '\n' : "");
        for (Run run : results.apart()) {
            text.append(apart(run)).append('\n');
        }
        return text.toString();
    }

    private static String line(List<String> row, List<List<String>> rows) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            int column = i;
            int width =
                    rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0);
            line.append(String.format(Locale.ROOT, "%-" + Math.max(1, width) + "s  ", row.get(i)));
        }
        return line.toString().stripTrailing();
    }

    /** One line on a run that has no place in the table. */
    static String apart(Run run) {
        String name = run.method() + (run.knobs().isEmpty() ? "" : " " + run.knobs()) + " seed " + run.seed();
        String why = run.status().equals(Run.FINISHED) ? "has no score on an axis" : run.status();
        return name + ": " + why + (run.reason().isEmpty() ? "" : " (" + run.reason() + ")");
    }
}
