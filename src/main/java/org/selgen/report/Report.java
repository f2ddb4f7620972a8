package org.selgen.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jfree.chart.JFreeChart;
import org.selgen.data.BadInput;
import org.selgen.data.IoReason;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.report.style.Theme;

/**
 * The result of an experiment as files: {@code frontier.svg}, {@code frontier.png} and {@code scores.csv}; {@code regions.svg} and {@code regions.png} where there is a plane to draw. Equal input gives equal
 * files. Runs that diverged or failed are listed, never drawn.
 */
public final class Report {
    private Report() {}

    /**
     * Writes the files, each moved into place when it is whole.
     *
     * @return the files written
     * @throws BadInput if there is nothing to draw, no font, or the folder cannot be written
     */
    public static List<Path> write(Path folder, ReportHeader about, List<Run> runs, List<Score> scores) {
        return write(folder, about, ReportExtras.nothing(), runs, scores);
    }

    /** The same with what stands beside the scores. */
    public static List<Path> write(
            Path folder, ReportHeader about, ReportExtras beside, List<Run> runs, List<Score> scores) {
        Results results = new Results(runs, scores);
        List<SettingSummary> standings = standings(about, results);
        JFreeChart chart = new Frontier(about, standings, beside, Theme.LIGHT).chart();
        String svg = Pictures.svg(chart, title(about));
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("scores.csv", utf8(ScoresCsv.of(results)));
        files.put("frontier.svg", Pictures.svgFile(svg));
        files.put("frontier.png", Pictures.png(chart));
        for (Regions regions : about.regions()) {
            files.put("regions.svg", Pictures.svgFile(regions.svg()));
            files.put("regions.png", regions.png());
        }
        return put(folder, files);
    }

    /** Writes files of a folder by name, each moved into place when it is whole. */
    static List<Path> put(Path folder, Map<String, byte[]> files) {
        return files.entrySet().stream()
                .map(file -> put(folder.resolve(file.getKey()), file.getValue()))
                .toList();
    }

    /**
     * The picture alone as an SVG element, its letters in the fonts of who looks at it: so it is small.
     *
     * @throws BadInput if there is nothing to draw, or no font
     */
    public static String picture(ReportHeader about, List<Run> runs, List<Score> scores) {
        List<SettingSummary> standings = standings(about, new Results(runs, scores));
        return Pictures.smallSvg(
                new Frontier(about, standings, ReportExtras.nothing(), Theme.LIGHT).chart(), title(about));
    }

    private static String title(ReportHeader about) {
        return "Capability against alignment: " + about.experiment();
    }

    private static List<SettingSummary> standings(ReportHeader about, Results results) {
        System.setProperty("java.awt.headless", "true");
        List<SettingSummary> standings = SettingSummary.of(results);
        if (standings.isEmpty()) {
            throw new BadInput(
                    "experiment '" + about.experiment() + "' has no finished run with a value for both axes among its "
                            + results.runs().size() + " runs; run train, generate, judge and score first");
        }
        return standings;
    }

    /** The standings as a text table for the terminal; settings on the Pareto front have a star. */
    public static String table(List<Run> runs, List<Score> scores) {
        return Standings.of(new Results(runs, scores));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Path put(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.getParent());
            Path draft = file.resolveSibling("." + file.getFileName() + ".part");
            try {
                Files.write(draft, bytes);
                Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
            }
            return file;
        } catch (IOException e) {
            throw new BadInput("cannot write " + file + ": " + IoReason.of(e) + "; check the folder and the disk", e);
        }
    }
}
