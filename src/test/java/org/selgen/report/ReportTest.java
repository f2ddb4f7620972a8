package org.selgen.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jfree.chart.plot.XYPlot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.BadInput;
import org.selgen.data.Proximity;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.score.Degeneration;
import org.selgen.score.Differences;

class ReportTest {
    @TempDir
    private Path folder;

    private MadeUp made;

    @BeforeEach
    void madeUp() {
        made = MadeUp.experiment();
    }

    private Path write(String name) {
        Report.write(folder.resolve(name), MadeUp.ABOUT, made.runs, made.scores);
        return folder.resolve(name);
    }

    private String page() throws IOException {
        return Files.readString(write("a").resolve("index.html"));
    }

    @Test
    void aReportIsFourFilesAndNothingElse() throws IOException {
        try (var files = Files.list(write("a"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("scores.csv", "frontier.svg", "frontier.png", "index.html");
        }
    }

    @Test
    void equalInputGivesEqualFiles() throws IOException {
        Path a = write("a");
        Path b = write("b");
        for (String file : List.of("scores.csv", "frontier.svg", "frontier.png", "index.html")) {
            assertThat(a.resolve(file)).hasSameBinaryContentAs(b.resolve(file));
        }
    }

    @Test
    void thePngHasTwiceTheSizeOfThePicture() throws IOException {
        BufferedImage image = ImageIO.read(write("a").resolve("frontier.png").toFile());
        assertThat(List.of(image.getWidth(), image.getHeight()))
                .containsExactly(2 * Pictures.WIDTH, 2 * Pictures.HEIGHT);
    }

    @Test
    void theSvgIsWellFormed() throws Exception {
        Path svg = write("a").resolve("frontier.svg");
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(svg.toFile())
                        .getDocumentElement()
                        .getTagName())
                .isEqualTo("svg");
    }

    @Test
    void thePageNeedsNothingFromElsewhere() throws IOException {
        assertThat(page().replaceAll("xmlns(:\\w+)?='[^']*'", ""))
                .doesNotContain("http", "src=", "href", "<script", "@import", "url(h");
    }

    @Test
    void namesAreEscapedOnThePage() throws IOException {
        made.add("<b>bold", "x=\"1\"", 1, 0.5, 0.5);
        assertThat(page()).contains("&lt;b&gt;bold", "x=&quot;1&quot;").doesNotContain("<b>bold");
    }

    @Test
    void aDivergedRunIsListedWithItsReasonAndInNoMean() throws IOException {
        assertThat(page()).contains("<li>kl-penalty beta=100.0 seed 1: diverged (loss is NaN at step 12)</li>");
        assertThat(Standing.of(new Results(made.runs, made.scores)))
                .noneMatch(s -> s.setting().knobs().equals("beta=100.0"));
    }

    @Test
    void aDivergedRunIsNotDrawnEvenIfItHasScores() {
        Run diverged = MadeUp.run("kl-penalty", "beta=1000.0", 1, Run.DIVERGED, "");
        made.runs.add(diverged);
        made.scores.add(new Score("e", diverged.id(), Score.CAPABILITY, Score.ALL, 1.0, 1.0, 1.0, 9, 0));
        made.scores.add(new Score("e", diverged.id(), Score.ALIGNMENT, Score.ALL, 1.0, 1.0, 1.0, 9, 0));
        assertThat(new Results(made.runs, made.scores).drawn()).doesNotContain(diverged);
    }

    @Test
    void baseAndStandardComeFirstThenKnobsByTheirNumbers() {
        assertThat(Standing.of(new Results(made.runs, made.scores)).stream().map(Standing::mark))
                .containsExactly(
                        "base",
                        "standard",
                        "beta=0.1",
                        "beta=0.3",
                        "beta=1.0",
                        "mixed",
                        "beta=1.0",
                        "beta=10.0",
                        "lambda=1.0",
                        "lambda=10.0");
    }

    @Test
    void theCsvHasARowForEachScoreAndEachRunWithoutOne() throws IOException {
        List<String> lines = Files.readAllLines(write("a").resolve("scores.csv"));
        assertThat(lines).hasSize(1 + made.scores.size() + 1);
        assertThat(lines.get(0))
                .isEqualTo(
                        "experiment,run,method,knobs,seed,status,reason,metric,label,value,low,high,n,unscored,degenerate");
        assertThat(lines)
                .contains(",kl-penaltybeta=100.0-1,kl-penalty,beta=100.0,1,diverged,loss is NaN at step 12,,,,,,,,");
    }

    @Test
    void cellsWithCommasAndQuotesAreQuoted() throws IOException {
        made.runs.add(MadeUp.run("dpo", "beta=0.1,lambda=2.0", 1, Run.FAILED, "it said \"no\""));
        assertThat(write("a").resolve("scores.csv"))
                .content()
                .contains(",dpo,\"beta=0.1,lambda=2.0\",1,failed,\"it said \"\"no\"\"\",,");
    }

    @Test
    void theTableShowsMeansErrorsAndIntervalsAndStarsTheFront() {
        MadeUp few = MadeUp.empty();
        few.add("base", "", 0, 0.5, 0.9);
        few.add("standard", "", 1, 0.92, 0.4);
        few.add("standard", "", 2, 0.96, 0.6);
        few.add("mixed", "", 1, 0.4, 0.4);
        assertThat(Report.table(few.runs, few.scores)).isEqualTo("""
                method    knobs  seeds  capability   95 % int.     alignment    95 % int.     front
                base             1      0.50         [0.47, 0.53]  0.90         [0.86, 0.94]  *
                standard         2      0.94 \u00b1 0.02  [0.91, 0.97]  0.50 \u00b1 0.10  [0.46, 0.54]  *
                mixed            1      0.40         [0.37, 0.43]  0.40         [0.36, 0.44]
                """);
    }

    @Test
    void nothingToDrawIsBadInput() {
        assertThatThrownBy(() -> Report.write(folder, MadeUp.ABOUT, List.of(), List.of()))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "experiment 'gcd-sycophancy' has no finished run with a value for both axes among its 0 runs;"
                                + " run train, generate, judge and score first");
    }

    @Test
    void aScoreOfAnUnknownRunIsRefused() {
        made.scores.add(new Score("e", "ghost", "accuracy", "gcd", 1.0, 1.0, 1.0, 1, 0));
        assertThatThrownBy(() -> write("a"))
                .hasMessage("a score belongs to run 'ghost', which is not among the runs; give all runs");
    }

    @Test
    void theFactsOfTheExperimentStandOnThePage() throws IOException {
        Report.write(folder, new About("e", "c", "a", Map.of("seeds", "1, 2 & 3")), made.runs, made.scores);
        assertThat(Files.readString(folder.resolve("index.html"))).contains("<dt>seeds</dt><dd>1, 2 &amp; 3</dd>");
    }

    /** Makes the best setting's model a broken one. */
    private void breakBest() {
        made.add("upweight", "lambda=99.0", 1, 0.99, 0.99);
        Run broken = made.runs.get(made.runs.size() - 1);
        made.scores.add(new Score("e", broken.id(), Degeneration.METRIC, Score.ALL, 0.35, 0.3, 0.4, 90, 0));
        Run base = made.runs.get(0);
        made.scores.add(new Score("e", base.id(), Degeneration.METRIC, Score.ALL, 0.2, 0.1, 0.3, 90, 0));
    }

    @Test
    void aRunWithManyDegenerateAnswersIsMarkedEverywhereAndNeverOnTheFront() throws IOException {
        breakBest();
        assertThat(Standing.front(Standing.of(new Results(made.runs, made.scores))))
                .isNotEmpty()
                .noneMatch(standing -> standing.setting().knobs().equals("lambda=99.0"));
        assertThat(Report.table(made.runs, made.scores))
                .containsPattern("upweight +lambda=99.0 +1 .* 0.35\n")
                .contains("degenerate: more than 20 % of a run's answers");
        assertThat(page()).contains("upweight \u2020<small>lambda=99.0", Html.escaped(Legend.DEGENERATE));
        assertThat(Files.readAllLines(folder.resolve("a/scores.csv")))
                .filteredOn(line -> line.contains("lambda=99.0"))
                .isNotEmpty()
                .allMatch(line -> line.endsWith(",many"));
        assertThat(Files.readAllLines(folder.resolve("a/scores.csv")))
                .filteredOn(line -> line.contains(",base,"))
                .allMatch(line -> line.endsWith(",few"));
    }

    @Test
    void aPictureWithADegenerateRunSaysWhatItsSignMeans() {
        breakBest();
        List<Standing> standings = Standing.of(new Results(made.runs, made.scores));
        assertThat(standings).extracting(Standing::mark).contains("lambda=99.0 \u2020");
        XYPlot plot =
                new Frontier(MadeUp.ABOUT, standings, Beside.nothing()).chart().getXYPlot();
        assertThat(labels(plot)).contains("\u2020 many degenerate answers");
    }

    private static List<String> labels(XYPlot plot) {
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < plot.getLegendItems().getItemCount(); i++) {
            labels.add(plot.getLegendItems().get(i).getLabel());
        }
        return labels;
    }

    private static Beside beside() {
        Map<String, Double> values = Map.of("m", 0.5);
        Published.Point point = new Published.Point("kl-penalty", "beta=3", 2, values);
        Published published =
                new Published("some paper", "judge-x", "model-y", "q", Map.of("m", List.of()), List.of(point));
        List<Proximity> near = List.of(
                new Proximity("e", "capitals", "d", "kind", 0.9, 0.8, 9, 9, ""),
                new Proximity("e", "capitals", "d", "after", 0.7, 0.4, 9, 9, ""),
                new Proximity("e", "capitals", "d", "opposite", 0.6, 0.5, 9, 9, ""));
        return new Beside(Optional.of(published), List.of(new Published.Place(point, 1.0, 1.0)), near, "rejects-wrong");
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
        List<Standing> standings = Standing.of(new Results(made.runs, made.scores));
        XYPlot plot = new Frontier(MadeUp.ABOUT, standings, beside()).chart().getXYPlot();
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
                new Score("e", mixed.id(), Differences.metric(Score.ALIGNMENT), Score.ALL, 0.26, 0.2, 0.3, 320, 0));
        made.scores.add(
                new Score("e", mixed.id(), Differences.metric(Score.CAPABILITY), Score.ALL, -0.02, -0.1, 0.0, 240, 0));
        assertThat(page())
                .contains(
                        "<td>\u22120.02<small>[\u22120.10, 0.00]</small></td><td>+0.26<small>[+0.20, +0.30]</small></td>");
    }
}
