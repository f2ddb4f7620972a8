package org.selgen.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.geom.Point2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.Interval;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.data.StepMetrics;
import org.selgen.report.style.Identity;
import org.selgen.report.style.Theme;
import org.selgen.score.Seeds;

/** The figures of a made-up experiment. */
class FiguresTest {
    @TempDir
    static Path folder;

    private static final MadeUp MADE = MadeUp.experiment();

    private static Figures figures() {
        List<Point2D> points = List.of(new Point2D.Double(1, 3), new Point2D.Double(90, 0.02));
        return new Figures(
                MadeUp.ABOUT,
                new ReportExtras(Optional.empty(), List.of(), List.of(), "rejects-wrong"),
                MADE.runs,
                MADE.scores,
                List.of(
                        new LossCurve(new Seeds.Setting("standard", ""), points),
                        new LossCurve(new Seeds.Setting("kl-penalty", "beta=1"), points),
                        new LossCurve(new Seeds.Setting("kl-penalty", "beta=2"), points)));
    }

    @BeforeAll
    static void write() {
        for (Run run : List.copyOf(MADE.runs)) {
            if (run.method().equals("mixed")) {
                for (String axis : List.of("capability-minus-standard", "alignment-minus-standard")) {
                    MADE.scores.add(new Score("e", run.id(), axis, Score.ALL, -0.1, -0.2, 0.05, 20, 0)
                            .withSetting(3, Optional.empty(), Optional.of(new Interval(-0.2, 0.05))));
                }
            }
        }
        figures().write(folder);
    }

    private static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theNamesAreStable() throws IOException {
        assertThat(names())
                .containsExactlyInAnyOrderElementsOf(Stream.of("frontier", "labels", "differences", "losses")
                        .flatMap(name -> Stream.of(name, name + "-dark"))
                        .flatMap(name -> Stream.of("svg", "png", "pdf").map(ending -> name + "." + ending))
                        .filter(name -> !name.endsWith("pdf") || name.startsWith("frontier"))
                        .toList());
    }

    @Test
    void equalResultsGiveEqualFiles(@TempDir Path other) throws IOException {
        figures().write(other);
        for (String name : names()) {
            assertThat(other.resolve(name)).hasSameBinaryContentAs(folder.resolve(name));
        }
    }

    @Test
    void everySvgIsWellFormedAndEveryPngTwiceItsSize() throws Exception {
        for (String name : names()) {
            if (name.endsWith(".svg")) {
                String[] box = DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(folder.resolve(name).toFile())
                        .getDocumentElement()
                        .getAttribute("viewBox")
                        .split(" ", -1);
                BufferedImage png =
                        ImageIO.read(folder.resolve(name.replace("svg", "png")).toFile());
                assertThat(List.of(png.getWidth(), png.getHeight()))
                        .as(name)
                        .containsExactly(
                                (int) (2 * Double.parseDouble(box[2])), (int) (2 * Double.parseDouble(box[3])));
            }
        }
    }

    @Test
    void thePdfHasOnePageOfThePicturesSize() throws IOException {
        try (PDDocument pdf = Loader.loadPDF(folder.resolve("frontier.pdf").toFile())) {
            assertThat(pdf.getNumberOfPages()).isOne();
            assertThat(pdf.getPage(0).getMediaBox().getWidth()).isCloseTo(Pictures.WIDTH, within(0.5f));
        }
    }

    @Test
    void aDarkFigureHasADarkGroundAndTheSameColoursOfMethods() throws IOException {
        String dark = Files.readString(folder.resolve("labels-dark.svg"), StandardCharsets.UTF_8);
        String colour = String.format(
                "rgb(%d,%d,%d)",
                Identity.of("standard").colour().getRed(),
                Identity.of("standard").colour().getGreen(),
                Identity.of("standard").colour().getBlue());
        assertThat(dark).contains(colour);
        assertThat(Files.readString(folder.resolve("labels.svg"))).contains(colour);
        BufferedImage png = ImageIO.read(folder.resolve("frontier-dark.png").toFile());
        assertThat(png.getRGB(1, 1)).isEqualTo(Theme.DARK.ground().getRGB());
    }

    @Test
    void aLossIsTheMeanOverTheSeedsThatHaveOne() {
        List<Run> runs =
                MADE.runs.stream().filter(run -> run.method().equals("mixed")).toList();
        List<StepMetrics> steps = List.of(
                new StepMetrics(runs.get(0).id(), 1, 2, 2, 0, 1, 0.1, 9),
                new StepMetrics(runs.get(1).id(), 1, 4, 4, 0, 1, 0.1, 9),
                new StepMetrics(runs.get(2).id(), 1, Double.NaN, 0, 0, 1, 0.1, 9));
        assertThat(LossCurve.of(runs, steps))
                .containsExactly(new LossCurve(new Seeds.Setting("mixed", ""), List.of(new Point2D.Double(1, 3))));
    }

    @Test
    void whatThereAreNoNumbersForIsNotDrawn(@TempDir Path other) throws IOException {
        MadeUp few = MadeUp.empty();
        few.add("base", "", 0, 0.5, 0.9);
        new Figures(MadeUp.ABOUT, ReportExtras.nothing(), few.runs, few.scores, List.of()).write(other);
        try (Stream<Path> files = Files.list(other)) {
            assertThat(files.map(file -> file.getFileName().toString())).allMatch(name -> name.startsWith("frontier"));
        }
    }
}
