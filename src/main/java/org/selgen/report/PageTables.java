package org.selgen.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.selgen.data.Score;
import org.selgen.score.Differences;

/** The tables of the page: one row for each setting. */
final class PageTables {
    private final Results results;
    private final List<SettingSummary> standings;

    PageTables(Results results, List<SettingSummary> standings) {
        this.results = results;
        this.standings = standings;
    }

    /** Both axes. */
    String methods() {
        List<SettingSummary> front = SettingSummary.front(standings);
        boolean marked = standings.stream().anyMatch(SettingSummary::degenerate);
        boolean discerned = standings.stream().anyMatch(s -> s.discernment().isPresent());
        List<String> columns = new ArrayList<>(List.of("method", "seeds", "capability", "alignment"));
        columns.addAll(discerned ? List.of("discernment") : List.of());
        columns.addAll(marked ? List.of("degenerate answers") : List.of());
        StringBuilder table = head(columns);
        for (SettingSummary standing : standings) {
            table.append(front.contains(standing) ? "<tr class=\"front\">" : "<tr>");
            name(table, standing);
            table.append("<td>").append(standing.seedsText()).append("</td>");
            table.append(cell(standing.capability())).append(cell(standing.alignment()));
            table.append(discerned ? discernment(standing) : "");
            table.append(
                            marked
                                    ? "<td>" + NumberFormats.two(new SettingScores(results, standing).degenerate())
                                            + "</td>"
                                    : "")
                    .append("</tr>\n");
        }
        return table.append("</tbody></table></div>\n").toString();
    }

    /** How much more a setting has of each axis than the usual training; nothing where there is no such training. */
    String differences() {
        if (standings.stream().noneMatch(this::compared)) {
            return "";
        }
        StringBuilder table =
                new StringBuilder("<h2>Compared with standard</h2>\n<p class=\"quiet\">The difference to the"
                        + " usual training of the same seed on the same questions, mean over seeds \u00b1 standard error, with its"
                        + " 95 % intervals: over other seeds and questions, and over other questions alone.</p>\n");
        table.append(head(List.of("method", "capability \u2212 standard", "alignment \u2212 standard")));
        for (SettingSummary standing : standings) {
            if (compared(standing)) {
                table.append("<tr>");
                name(table, standing);
                table.append(difference(standing, Score.CAPABILITY))
                        .append(difference(standing, Score.ALIGNMENT))
                        .append("</tr>\n");
            }
        }
        return table.append("</tbody></table></div>\n").toString();
    }

    private boolean compared(SettingSummary standing) {
        return new SettingScores(results, standing)
                .extent(Differences.metric(Score.ALIGNMENT))
                .isPresent();
    }

    private String difference(SettingSummary standing, String axis) {
        return new SettingScores(results, standing)
                .extent(Differences.metric(axis))
                .map(extent -> "<td>" + NumberFormats.signed(extent.mean().mean()) + sem(extent) + "<small>"
                        + NumberFormats.signed(extent.overSeeds()) + "</small><small>questions "
                        + NumberFormats.signed(extent.overQuestions()) + "</small></td>")
                .orElse("<td>\u2013</td>");
    }

    private static String sem(Extent extent) {
        return extent.mean().sem().isEmpty()
                ? ""
                : " \u00b1 " + NumberFormats.two(extent.mean().sem().getAsDouble());
    }

    /** One metric, one column for each label, and the mean over labels. */
    String labels(String metric) {
        Set<String> labels = results.labels(metric);
        List<String> columns = new ArrayList<>(List.of("method"));
        columns.addAll(labels);
        columns.add(Score.ALL);
        StringBuilder table = head(columns);
        for (SettingSummary standing : standings) {
            table.append("<tr>");
            name(table, standing);
            for (String label : columns.subList(1, columns.size())) {
                table.append("<td>")
                        .append(new SettingScores(results, standing).meanText(metric, label))
                        .append("</td>");
            }
            table.append("</tr>\n");
        }
        return table.append("</tbody></table></div>\n").toString();
    }

    static StringBuilder head(List<String> columns) {
        StringBuilder table = new StringBuilder("<div class=\"wide\"><table><thead><tr>");
        columns.forEach(column ->
                table.append("<th scope=\"col\">").append(Html.escaped(column)).append("</th>"));
        return table.append("</tr></thead><tbody>\n");
    }

    static void name(StringBuilder table, SettingSummary standing) {
        String knobs = standing.setting().knobs().replace(",", ", ");
        table.append("<th scope=\"row\">").append(Html.escaped(standing.method()));
        table.append(standing.degenerate() ? " " + Footnotes.DEGENERATE_SIGN : "");
        table.append(knobs.isEmpty() ? "" : "<small>" + Html.escaped(knobs) + "</small>")
                .append("</th>");
    }

    private static String cell(Extent extent) {
        return "<td>" + Html.escaped(NumberFormats.mean(extent)) + "<small>"
                + NumberFormats.interval(extent.overSeeds()) + "</small><small>questions "
                + NumberFormats.interval(extent.overQuestions()) + "</small></td>";
    }

    private static String discernment(SettingSummary standing) {
        return standing.discernment()
                .map(extent -> standing.undiscerning()
                        ? cell(extent).replace("<td>", "<td>" + Footnotes.UNDISCERNING_SIGN + " ")
                        : cell(extent))
                .orElse("<td>\u2013</td>");
    }
}
