package org.selgen.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.plot.XYPlot;
import org.junit.jupiter.api.Test;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.report.style.Theme;

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
        write("a");
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

    @Test
    void publishedFiguresStandInThePictureAndAreNoSetting() {
        List<SettingSummary> standings = SettingSummary.of(new Results(made.runs, made.scores));
        XYPlot plot = new Frontier(MadeUp.ABOUT, standings, MadeUp.beside(), Theme.LIGHT)
                .chart()
                .getXYPlot();
        assertThat(labels(plot)).contains("published, not ours");
    }
}
