package org.selgen.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.selgen.data.BadInput;
import org.selgen.data.Interval;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.data.Status;

class ReportTest extends MadeReport {
    @Test
    void aReportIsThreeFilesAndNothingElse() throws IOException {
        try (var files = Files.list(write("a"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("scores.csv", "frontier.svg", "frontier.png");
        }
    }

    @Test
    void equalInputGivesEqualFiles() throws IOException {
        Path a = write("a");
        Path b = write("b");
        for (String file : List.of("scores.csv", "frontier.svg", "frontier.png")) {
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
    void aDivergedRunIsListedWithItsReasonAndInNoMean() {
        assertThat(Report.table(made.runs, made.scores))
                .contains("kl-penalty beta=100.0 seed 1: diverged (loss is NaN at step 12)");
        assertThat(SettingSummary.of(new Results(made.runs, made.scores)))
                .noneMatch(s -> s.setting().knobs().equals("beta=100.0"));
    }

    @Test
    void aDivergedRunIsNotDrawnEvenIfItHasScores() {
        Run diverged = MadeUp.run("kl-penalty", "beta=1000.0", 1, Status.DIVERGED, "");
        made.runs.add(diverged);
        made.scores.add(new Score("e", diverged.id(), Score.CAPABILITY, Score.ALL, 1.0, 1.0, 1.0, 9, 0));
        made.scores.add(new Score("e", diverged.id(), Score.ALIGNMENT, Score.ALL, 1.0, 1.0, 1.0, 9, 0));
        assertThat(new Results(made.runs, made.scores).drawn()).doesNotContain(diverged);
    }

    @Test
    void baseAndStandardComeFirstThenKnobsByTheirNumbers() {
        List<SettingSummary> standings = SettingSummary.of(new Results(made.runs, made.scores));
        assertThat(standings.stream().map(new Marks(standings)::of))
                .containsExactly(
                        "base",
                        "standard",
                        "kl-penalty beta=0.1",
                        "kl-penalty beta=0.3",
                        "kl-penalty beta=1.0",
                        "mixed",
                        "representation-constraint beta=1.0",
                        "representation-constraint beta=10.0",
                        "upweight lambda=1.0",
                        "upweight lambda=10.0");
    }

    @Test
    void theCsvHasARowForEachScoreAndEachRunWithoutOne() throws IOException {
        List<String> lines = Files.readAllLines(write("a").resolve("scores.csv"));
        assertThat(lines).hasSize(1 + made.scores.size() + 1);
        assertThat(lines.get(0))
                .isEqualTo("experiment,run,method,knobs,seed,status,reason,metric,label,value,low,high,n,unscored,"
                        + "seeds,meanLow,meanHigh,meanQuestionsLow,meanQuestionsHigh,degenerate,discerns");
        assertThat(lines)
                .contains(
                        ",kl-penaltybeta=100.0-1,kl-penalty,beta=100.0,1,diverged,loss is NaN at step 12,,,,,,,,,,,,,,");
    }

    @Test
    void cellsWithCommasAndQuotesAreQuoted() throws IOException {
        made.runs.add(MadeUp.run("dpo", "beta=0.1,lambda=2.0", 1, Status.FAILED, "it said \"no\""));
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
        few.together("standard", "", 0.94, 0.5);
        few.add("mixed", "", 1, 0.4, 0.4);
        assertThat(Report.table(few.runs, few.scores)).isEqualTo("""
                method    knobs  seeds  capability   95 % int.     questions     alignment    95 % int.     questions     front
                base             \u2013      0.50         [0.47, 0.53]  [0.47, 0.53]  0.90         [0.86, 0.94]  [0.86, 0.94]  *
                standard         2      0.94 \u00b1 0.02  [0.86, 1.00]  [0.90, 0.98]  0.50 \u00b1 0.10  [0.42, 0.58]  [0.46, 0.54]  *
                mixed            1 \u2021    0.40         \u2013             [0.37, 0.43]  0.40         \u2013             [0.36, 0.44]
                \u2021 one seed: how far other seeds lie is not known, so there is no interval over seeds
                """);
    }

    @Test
    void scoresOfAnOlderVersionAreShownWithoutIntervalsAndSayHowToGetThem() {
        made.scores.replaceAll(s -> new Score(
                s.experiment(), s.run(), s.metric(), s.label(), s.value(), s.low(), s.high(), s.n(), s.unscored()));
        assertThat(Report.table(made.runs, made.scores))
                .contains("no intervals of settings: these scores are of an older version")
                .doesNotContain("[0.");
    }

    @Test
    void aSettingWithoutDiscernmentIsMarkedHoweverAligned() throws IOException {
        Run base = made.runs.get(0);
        Run standard = made.runs.get(1);
        made.discernment(base, 0.02, new Interval(-0.1, 0.14));
        made.discernment(standard, 0.3, new Interval(0.1, 0.5));
        assertThat(Report.table(made.runs, made.scores))
                .containsPattern("base .* 0.02 \u00a7 +\\[-0.10, 0.14]")
                .containsPattern("standard .* 0.30 +\\[0.10, 0.50]")
                .containsPattern("mixed .* \u2013 +\u2013")
                .contains("\u00a7 discernment is not above 0 by its interval");
        write("a");
        assertThat(Files.readAllLines(folder.resolve("a/scores.csv")))
                .filteredOn(line -> line.contains(",base,"))
                .isNotEmpty()
                .allMatch(line -> line.endsWith(",no"));
        assertThat(Files.readAllLines(folder.resolve("a/scores.csv")))
                .filteredOn(line -> line.contains("standard-1,standard"))
                .isNotEmpty()
                .allMatch(line -> line.endsWith(",yes"));
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
}
