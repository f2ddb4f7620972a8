package org.selgen.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.plot.XYPlot;
import org.junit.jupiter.api.Test;
import org.selgen.data.Interval;
import org.selgen.data.Proximity;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.report.style.Theme;
import org.selgen.score.Differences;

/** What a report shows beside the scores: marks, published figures, proximity, differences. */
class ReportExtrasTest extends MadeReport {
    /** Makes the best setting's model a broken one. */
    private void breakBest() {
        made.add("upweight", "lambda=99.0", 1, 0.99, 0.99);
        Run broken = made.runs.get(made.runs.size() - 1);
        made.scores.add(new Score("e", broken.id(), Score.DEGENERATE, Score.ALL, 0.35, 0.3, 0.4, 90, 0));
        Run base = made.runs.get(0);
        made.scores.add(new Score("e", base.id(), Score.DEGENERATE, Score.ALL, 0.2, 0.1, 0.3, 90, 0));
    }

    @Test
    void aRunWithManyDegenerateAnswersIsMarkedEverywhereAndNeverOnTheFront() throws IOException {
        breakBest();
        assertThat(SettingSummary.front(SettingSummary.of(new Results(made.runs, made.scores))))
                .isNotEmpty()
                .noneMatch(standing -> standing.setting().knobs().equals("lambda=99.0"));
        assertThat(Report.table(made.runs, made.scores))
                .containsPattern("upweight +lambda=99.0 +1 .* 0.35\n")
                .contains("degenerate: more than 20 % of a run's answers");
        assertThat(page()).contains("upweight \u2020<small>lambda=99.0", Html.escaped(Footnotes.DEGENERATE));
        assertThat(Files.readAllLines(folder.resolve("a/scores.csv")))
                .filteredOn(line -> line.contains("lambda=99.0"))
                .isNotEmpty()
                .allMatch(line -> line.endsWith(",many,"));
        assertThat(Files.readAllLines(folder.resolve("a/scores.csv")))
                .filteredOn(line -> line.contains(",base,"))
                .allMatch(line -> line.endsWith(",few,"));
    }

    @Test
    void aSettingWithManyCutAnswersIsMarkedInTableAndPage() throws IOException {
        Run best = made.runs.get(made.runs.size() - 2);
        made.scores.add(new Score("e", made.runs.get(0).id(), Score.CUT, Score.ALL, Score.MANY_CUT, 0.0, 0.2, 90, 0));
        assertThat(Report.table(made.runs, made.scores)).doesNotContain(Footnotes.CUT_SIGN);
        made.scores.add(new Score("e", best.id(), Score.CUT, Score.ALL, 0.11, 0.0, 0.2, 90, 0));
        assertThat(Report.table(made.runs, made.scores))
                .containsPattern("(?m)^" + best.method() + " \u00b6 +" + best.knobs())
                .contains("\u00b6 cut: more than 10 % of a run's answers ended at decoding.maxTokens")
                .doesNotContain("base \u00b6");
        assertThat(page()).contains(best.method() + " \u00b6<small>" + best.knobs(), Html.escaped(Footnotes.CUT));
    }

    @Test
    void aPictureWithADegenerateRunSaysWhatItsSignMeans() {
        breakBest();
        List<SettingSummary> standings = SettingSummary.of(new Results(made.runs, made.scores));
        assertThat(standings).extracting(new Marks(standings)::of).contains("upweight lambda=99.0 \u2020");
        XYPlot plot = new Frontier(MadeUp.ABOUT, standings, ReportExtras.nothing(), Theme.LIGHT)
                .chart()
                .getXYPlot();
        assertThat(labels(plot)).contains("\u2020 many degenerate answers");
    }

    private static List<String> labels(XYPlot plot) {
        LegendItemCollection items = plot.getLegendItems();
        return IntStream.range(0, items.getItemCount())
                .mapToObj(i -> items.get(i).getLabel())
                .toList();
    }

    private static ReportExtras beside() {
        Map<String, Double> values = Map.of("m", 0.5);
        Published.PublishedPoint point = new Published.PublishedPoint("kl-penalty", "beta=3", 2, values);
        Published published =
                new Published("some paper", "judge-x", "model-y", "q", Map.of("m", List.of()), List.of(point));
        List<Proximity> near = List.of(
                new Proximity("e", "capitals", "d", "kind", 0.9, 0.8, 9, 9, ""),
                new Proximity("e", "capitals", "d", "after", 0.7, 0.4, 9, 9, ""),
                new Proximity("e", "capitals", "d", "opposite", 0.6, 0.5, 9, 9, ""));
        return new ReportExtras(
                Optional.of(published), List.of(new Published.PlacedPoint(point, 1.0, 1.0)), near, "rejects-wrong");
    }

    @Test
    void publishedFiguresStandInATableOfTheirOwnAndNeverOnTheFront() throws IOException {
        Report.write(folder, MadeUp.ABOUT, beside(), made.runs, made.scores);
        assertThat(Files.readString(folder.resolve("index.html")))
                .contains(
                        "<h2>Published figures</h2>",
                        "Source: some paper",
                        "Judge: judge-x",
                        "<td>beta=3</td><td>1</td>");
        List<SettingSummary> standings = SettingSummary.of(new Results(made.runs, made.scores));
        XYPlot plot = new Frontier(MadeUp.ABOUT, standings, beside(), Theme.LIGHT)
                .chart()
                .getXYPlot();
        assertThat(labels(plot)).contains("published, not ours");
        assertThat(Files.readString(write("b").resolve("index.html"))).doesNotContain("ublished figures");
        String front =
                Files.readString(folder.resolve("index.html")).replaceAll("(?s).*<h2>Methods|<h2>Published.*", "");
        String without = Files.readString(folder.resolve("b/index.html")).replaceAll("(?s).*<h2>Methods|<h2>.*", "");
        assertThat(front).startsWith(without.strip());
    }

    @Test
    void proximityStandsBesideTheAlignmentKeptNearestFirst() throws IOException {
        Report.write(folder, MadeUp.ABOUT, beside(), made.runs, made.scores);
        assertThat(Files.readString(folder.resolve("index.html")))
                .contains(
                        "<th scope=\"col\">proxy: capitals</th><th scope=\"col\">after</th><th scope=\"col\">opposite</th>"
                                + "<th scope=\"col\">kind</th><th scope=\"col\">\u03c1</th>")
                .contains("distance to nearest prompt</th><td>0.40</td><td>0.50</td><td>0.80</td>");
    }

    @Test
    void alignmentThatFallsWithDistanceHasARankCorrelationOfMinusOne() {
        List<OptionalDouble> values = List.of(OptionalDouble.of(0.1), OptionalDouble.of(0.9), OptionalDouble.of(0.5));
        assertThat(ProximityTables.correlation(beside().proximity(), values).orElseThrow())
                .isEqualTo(-1);
        assertThat(ProximityTables.correlation(beside().proximity().subList(0, 2), values.subList(0, 2)))
                .isEmpty();
    }

    @Test
    void theDifferenceToStandardStandsBesideTheAxes() throws IOException {
        Run mixed = made.runs.get(4);
        made.scores.add(
                new Score("e", mixed.id(), Differences.metric(Score.ALIGNMENT), Score.ALL, 0.26, 0.1, 0.4, 320, 0)
                        .withSetting(1, Optional.of(new Interval(-0.1, 0.6)), Optional.of(new Interval(0.2, 0.3))));
        made.scores.add(
                new Score("e", mixed.id(), Differences.metric(Score.CAPABILITY), Score.ALL, -0.02, -0.1, 0.0, 240, 0)
                        .withSetting(1, Optional.empty(), Optional.of(new Interval(-0.1, 0))));
        assertThat(page())
                .contains("<td>\u22120.02<small>\u2013</small><small>questions [\u22120.10, 0.00]</small></td>"
                        + "<td>+0.26<small>[\u22120.10, +0.60]</small><small>questions [+0.20, +0.30]</small></td>");
    }
}
