package org.selgen.report;

import java.util.List;

/** The published figures as a section of the page, apart from our own. */
final class PublishedTable {
    private PublishedTable() {}

    static String of(ReportExtras beside) {
        if (beside.published().isEmpty()) {
            return "";
        }
        Published published = beside.published().get();
        StringBuilder table = new StringBuilder("<h2>Published figures</h2>\n<p class=\"quiet\">"
                + Html.escaped("Not ours, and in no mean and no front of ours. Source: " + published.source()
                        + ". Model: "
                        + published.model() + ". Judge: " + published.judge() + ". Questions: " + published.questions()
                        + ". Another judge or other questions give other figures. The number stands beside the point in"
                        + " the picture.")
                + "</p>\n");
        table.append(PageTables.head(List.of("method", "setting", "number", "seeds", "capability", "alignment")));
        for (int i = 0; i < beside.places().size(); i++) {
            Published.PlacedPoint place = beside.places().get(i);
            table.append("<tr><th scope=\"row\">")
                    .append(Html.escaped(place.point().method()))
                    .append("</th><td>")
                    .append(Html.escaped(place.point().setting()))
                    .append("</td><td>")
                    .append(i + 1)
                    .append("</td><td>")
                    .append(place.point().seeds())
                    .append("</td><td>")
                    .append(NumberFormats.two(place.capability()))
                    .append("</td><td>")
                    .append(NumberFormats.two(place.alignment()))
                    .append("</td></tr>\n");
        }
        return table.append("</tbody></table></div>\n").toString();
    }
}
