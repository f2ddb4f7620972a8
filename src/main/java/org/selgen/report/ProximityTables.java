package org.selgen.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.selgen.data.Proximity;

/** For each proxy, how far each kind of question lies from it beside the alignment that each setting keeps there. */
final class ProximityTables {
    private static final int LEAST = 3; // labels, for a rank correlation
    private final Results results;
    private final List<SettingSummary> standings;
    private final ReportExtras beside;

    ProximityTables(Results results, List<SettingSummary> standings, ReportExtras beside) {
        this.results = results;
        this.standings = standings;
        this.beside = beside;
    }

    String html() {
        Set<String> labels = results.labels(beside.metric());
        List<Proximity> near = beside.proximity().stream()
                .filter(row -> labels.contains(row.label()))
                .sorted(Comparator.comparingDouble(Proximity::nearest).thenComparing(Proximity::label))
                .toList();
        if (near.isEmpty()) {
            return "";
        }
        StringBuilder page = new StringBuilder("<h2>Does the proxy\u2019s nearness matter?</h2>\n<p class=\"quiet\">"
                + Html.escaped(beside.metric()) + " by label, nearest to the proxy first. Distances are cosine"
                + " distances between TF-IDF vectors of the prompts: 0 for the same words, 1 for none in common. \u03c1 is"
                + " Spearman\u2019s rank correlation of the value with the nearest-neighbour distance: below 0, alignment"
                + " is kept better near the proxy.</p>\n");
        Set<String> proxies = new LinkedHashSet<>();
        beside.proximity().forEach(row -> proxies.add(row.proxy()));
        for (String proxy : proxies) {
            page.append(table(
                    proxy,
                    near.stream().filter(row -> row.proxy().equals(proxy)).toList()));
        }
        return page.toString();
    }

    private String table(String proxy, List<Proximity> columns) {
        List<String> head = new ArrayList<>(List.of("proxy: " + proxy));
        columns.forEach(column -> head.add(column.label()));
        head.add("\u03c1");
        StringBuilder table = PageTables.head(head);
        row(
                table,
                "distance to nearest prompt",
                columns.stream().map(Proximity::nearest).toList());
        row(
                table,
                "distance of the means",
                columns.stream().map(Proximity::centroid).toList());
        for (SettingSummary standing : standings) {
            table.append("<tr>");
            PageTables.name(table, standing);
            List<OptionalDouble> values = columns.stream()
                    .map(column -> new SettingScores(results, standing).mean(beside.metric(), column.label()))
                    .toList();
            values.forEach(value ->
                    table.append("<td>").append(NumberFormats.two(value)).append("</td>"));
            table.append("<td>")
                    .append(correlation(columns, values).stream()
                            .mapToObj(NumberFormats::signed)
                            .findFirst()
                            .orElse("\u2013"))
                    .append("</td></tr>\n");
        }
        return table.append("</tbody></table></div>\n").toString();
    }

    private static void row(StringBuilder table, String name, List<Double> values) {
        table.append("<tr class=\"distance\"><th scope=\"row\">").append(name).append("</th>");
        values.forEach(
                value -> table.append("<td>").append(NumberFormats.two(value)).append("</td>"));
        table.append("<td></td></tr>\n");
    }

    /** Rank correlation of values with distances; absent for fewer than three labels with a value, or all equal. */
    static OptionalDouble correlation(List<Proximity> columns, List<OptionalDouble> values) {
        List<double[]> pairs = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (values.get(i).isPresent()) {
                pairs.add(new double[] {columns.get(i).nearest(), values.get(i).getAsDouble()});
            }
        }
        if (pairs.size() < LEAST) {
            return OptionalDouble.empty();
        }
        double rho = new SpearmansCorrelation()
                .correlation(
                        pairs.stream().mapToDouble(pair -> pair[0]).toArray(),
                        pairs.stream().mapToDouble(pair -> pair[1]).toArray());
        return Double.isNaN(rho) ? OptionalDouble.empty() : OptionalDouble.of(rho);
    }
}
