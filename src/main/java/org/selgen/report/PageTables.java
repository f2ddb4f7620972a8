package org.selgen.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.selgen.data.Score;
import org.selgen.score.Seeds;

/** The tables of the page: one row for each setting. */
final class PageTables {
    private final Results results;
    private final List<Standing> standings;

    PageTables(Results results, List<Standing> standings) {
        this.results = results;
        this.standings = standings;
    }

    /** Both axes. */
    String methods() {
        List<Standing> front = Standing.front(standings);
        StringBuilder table = head(List.of("method", "seeds", "capability", "alignment"));
        for (Standing standing : standings) {
            table.append(front.contains(standing) ? "<tr class=\"front\">" : "<tr>");
            name(table, standing);
            table.append("<td>").append(standing.seeds().size()).append("</td>");
            table.append(cell(standing.capability()))
                    .append(cell(standing.alignment()))
                    .append("</tr>\n");
        }
        return table.append("</tbody></table></div>\n").toString();
    }

    /** One metric, one column for each label, and the mean over labels. */
    String labels(String metric) {
        Set<String> labels = results.labels(metric);
        List<String> columns = new ArrayList<>(List.of("method"));
        columns.addAll(labels);
        columns.add(Score.ALL);
        StringBuilder table = head(columns);
        for (Standing standing : standings) {
            table.append("<tr>");
            name(table, standing);
            for (String label : columns.subList(1, columns.size())) {
                table.append("<td>").append(mean(standing, metric, label)).append("</td>");
            }
            table.append("</tr>\n");
        }
        return table.append("</tbody></table></div>\n").toString();
    }

    private String mean(Standing standing, String metric, String label) {
        List<Double> values = standing.seeds().stream()
                .flatMap(place -> results.score(place.run(), metric, label).stream())
                .flatMap(score -> score.mean().stream().boxed())
                .toList();
        if (values.isEmpty()) {
            return "\u2013";
        }
        Seeds.Mean mean = Seeds.mean(values);
        String sem = mean.sem().isEmpty()
                ? ""
                : "<small>\u00b1 " + Numerals.two(mean.sem().getAsDouble()) + "</small>";
        String fewer = values.size() < standing.seeds().size() ? "<small>of " + values.size() + " seeds</small>" : "";
        return Numerals.two(mean.mean()) + sem + fewer;
    }

    private static StringBuilder head(List<String> columns) {
        StringBuilder table = new StringBuilder("<div class=\"wide\"><table><thead><tr>");
        columns.forEach(column ->
                table.append("<th scope=\"col\">").append(Html.escaped(column)).append("</th>"));
        return table.append("</tr></thead><tbody>\n");
    }

    private static void name(StringBuilder table, Standing standing) {
        String knobs = standing.setting().knobs().replace(",", ", ");
        table.append("<th scope=\"row\">")
                .append(Html.escaped(standing.setting().method()));
        table.append(knobs.isEmpty() ? "" : "<small>" + Html.escaped(knobs) + "</small>")
                .append("</th>");
    }

    private static String cell(Standing.Extent extent) {
        return "<td>" + Html.escaped(Numerals.mean(extent)) + "<small>" + Numerals.interval(extent) + "</small></td>";
    }
}
