package org.selgen.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.plot.XYPlot;
import org.junit.jupiter.api.Test;
import org.selgen.data.Calibration;
import org.selgen.data.Outcome;
import org.selgen.data.OutcomeCount;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.report.JudgeTable.JudgeStanding;
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

    private static JudgeTable judges(double low, long omitted, long stray) {
        Calibration gold =
                new Calibration("j@1", Calibration.PEOPLE, "g", 200, 40, 0, Map.of("a", 1.0), 0.8, 0.5, low, 0.6);
        OutcomeCount outcomes =
                new OutcomeCount(9, Map.of(Outcome.SCORED, 9 - omitted, Outcome.OMITTED, omitted), stray);
        return new JudgeTable(List.of(new JudgeStanding("j@1", true, outcomes, List.of(gold))));
    }

    @Test
    void anAxisOfAJudgeThatFailedHasNoFrontAndIsDrawnHollow() {
        List<Score> passed = judges(0.4, 0, 0).marked(made.scores);
        assertThat(passed).isEqualTo(made.scores);
        List<Score> failed = judges(0.39, 0, 0).marked(made.scores);
        List<SettingSummary> settings = SettingSummary.of(new Results(made.runs, failed));
        assertThat(settings).isNotEmpty().allMatch(SettingSummary::apart).noneMatch(SettingSummary::degenerate);
        assertThat(SettingSummary.front(settings)).isEmpty();
        assertThat(Report.table(made.runs, failed))
                .contains("untrusted axis: a judge of an axis agrees with people's labels at a kappa")
                .doesNotContain("*");
    }

    @Test
    void aJudgeWhoseCountsAreNotWholeIsNamed() {
        assertThat(judges(0.5, 0, 0).notes()).isEmpty();
        assertThat(judges(0.5, 2, 0).notes())
                .containsExactly(
                        "not whole: j@1: expected 9 = scored 7 + refused 0 + unreadable 0 + failed 0 + omitted 2;"
                                + " run judge again");
        assertThat(judges(0.5, 2, 2).notes())
                .as("a verdict too many does not make up for one that is missing")
                .containsExactly(
                        "not whole: j@1: expected 9 = scored 7 + refused 0 + unreadable 0 + failed 0 + omitted 2;"
                                + " the table judgements has 2 verdicts on answers that are not there; run judge again");
    }

    @Test
    void publishedFiguresOfARetiredJudgeSaySo() {
        Published retired = new Published("p", "judge-x", "2026-10-23", "m", "q", Map.of(), List.of());
        assertThat(retired.judgeText()).isEqualTo("judge-x (judge retired 2026-10-23)");
        ReportExtras beside =
                new ReportExtras(Optional.of(retired), MadeUp.beside().places(), List.of(), "rejects-wrong");
        List<SettingSummary> standings = SettingSummary.of(new Results(made.runs, made.scores));
        assertThat(labels(new Frontier(MadeUp.ABOUT, standings, beside, Theme.LIGHT)
                        .chart()
                        .getXYPlot()))
                .contains("published, not ours; judge retired");
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
