package org.selgen.report.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.jspecify.annotations.Nullable;
import org.selgen.data.Proximity;
import org.selgen.report.ReportExtras;
import org.selgen.report.Results;
import org.selgen.report.SettingScores;
import org.selgen.report.SettingSummary;

/** For each proxy, how far each kind of question lies from it beside the alignment that each setting keeps there. */
final class ProximityTables {
    private static final int LEAST = 3; // labels, for a rank correlation

    private final Results results;
    private final List<SettingSummary> settings;
    private final ReportExtras beside;

    ProximityTables(Results results, List<SettingSummary> settings, ReportExtras beside) {
        this.results = results;
        this.settings = settings;
        this.beside = beside;
    }

    /** One for each proxy; none where nothing was measured. */
    List<PageTable> tables() {
        Set<String> labels = results.labels(beside.metric());
        List<Proximity> near = beside.proximity().stream()
                .filter(row -> labels.contains(row.label()))
                .sorted(Comparator.comparingDouble(Proximity::nearest).thenComparing(Proximity::label))
                .toList();
        Set<String> proxies = new LinkedHashSet<>();
        near.forEach(row -> proxies.add(row.proxy()));
        return proxies.stream()
                .map(proxy -> table(
                        proxy,
                        near.stream().filter(row -> row.proxy().equals(proxy)).toList()))
                .toList();
    }

    private PageTable table(String proxy, List<Proximity> columns) {
        List<String> titles = new ArrayList<>(List.of("setting"));
        columns.forEach(column -> titles.add(column.label()));
        titles.add("\u03c1");
        List<List<@Nullable Object>> rows = new ArrayList<>();
        rows.add(row(
                "distance to nearest prompt",
                columns.stream().map(Proximity::nearest).toList(),
                null));
        rows.add(row(
                "distance of the means",
                columns.stream().map(Proximity::centroid).toList(),
                null));
        for (SettingSummary setting : settings) {
            List<OptionalDouble> values = columns.stream()
                    .map(column -> new SettingScores(results, setting).mean(beside.metric(), column.label()))
                    .toList();
            rows.add(row(
                    name(setting),
                    values.stream().map(ProximityTables::orNull).toList(),
                    orNull(correlation(columns, values))));
        }
        return new PageTable(
                "Nearness of the proxy " + proxy,
                beside.metric() + " by label, nearest to the proxy first. Distances are cosine distances between TF-IDF"
                        + " vectors of the prompts: 0 for the same words, 1 for none in common. \u03c1 is Spearman\u2019s rank"
                        + " correlation of the value with the nearest-neighbour distance: below 0, alignment is kept better"
                        + " near the proxy.",
                titles,
                rows);
    }

    private static String name(SettingSummary setting) {
        return (setting.method() + " " + setting.setting().knobs()).strip();
    }

    private static List<@Nullable Object> row(
            String name, List<? extends @Nullable Double> values, @Nullable Double last) {
        List<@Nullable Object> row = new ArrayList<>(List.of(name));
        values.forEach(value -> row.add(value == null ? null : ScoreCells.rounded(value)));
        row.add(last == null ? null : ScoreCells.rounded(last));
        return row;
    }

    private static @Nullable Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
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
