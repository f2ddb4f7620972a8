package org.selgen.report;

import java.util.ArrayList;
import java.util.List;
import org.selgen.data.Run;
import org.selgen.data.Status;

/** The standings as lines of text. */
final class Standings {
    private Standings() {}

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
                    standing.degenerate() ? NumberFormats.two(new SettingScores(results, standing).degenerate()) : ""));
        }
        StringBuilder text = new StringBuilder();
        TextTable.aligned(rows, column -> false)
                .forEach(line -> text.append(line).append('\n'));
        text.append(marked ? Legend.DEGENERATE + '\n' : "");
        for (Run run : results.apart()) {
            text.append(apart(run)).append('\n');
        }
        return text.toString();
    }

    /** One line on a run that has no place in the table. */
    static String apart(Run run) {
        String name = run.method() + (run.knobs().isEmpty() ? "" : " " + run.knobs()) + " seed " + run.seed();
        String why = run.status() == Status.FINISHED
                ? "has no score on an axis"
                : run.status().column();
        return name + ": " + why + (run.reason().isEmpty() ? "" : " (" + run.reason() + ")");
    }
}
