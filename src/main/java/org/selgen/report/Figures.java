package org.selgen.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jfree.chart.JFreeChart;
import org.selgen.data.Run;
import org.selgen.data.Score;
import org.selgen.report.chart.BarPanels;
import org.selgen.report.chart.Chart;
import org.selgen.report.chart.CurvePanels;
import org.selgen.report.chart.Forest;
import org.selgen.report.chart.Series;
import org.selgen.report.style.Theme;
import org.selgen.score.Differences;
import org.selgen.score.Seeds;

/**
 * Figures for papers: {@code frontier}, {@code axes}, {@code labels}, {@code differences} and {@code losses}, each as
 * {@code .svg}, as {@code .png} of twice its size, and the same with {@code -dark} behind its name; the frontier as {@code .pdf} too. What an
 * experiment has no numbers for is left out. Equal input gives equal files.
 */
public final class Figures {
    private static final String INTERVALS =
            "Thin lines: 95 % intervals over seeds and questions; thick: over questions alone.";

    private final ReportHeader about;
    private final ReportExtras beside;
    private final Results results;
    private final List<SettingSummary> standings;
    private final List<LossCurve> losses;

    /** @param losses training loss by step */
    public Figures(
            ReportHeader about, ReportExtras beside, List<Run> runs, List<Score> scores, List<LossCurve> losses) {
        this.about = about;
        this.beside = beside;
        this.results = new Results(runs, scores);
        this.standings = SettingSummary.of(results);
        this.losses = List.copyOf(losses);
    }

    /** Writes the files, and gives them. */
    public List<Path> write(Path folder) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        Arrays.stream(Theme.values()).parallel().map(this::drawn).toList().forEach(files::putAll);
        return Report.put(folder, files);
    }

    /** Files by name. */
    private Map<String, byte[]> drawn(Theme theme) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        String ending = theme == Theme.LIGHT ? "" : "-dark";
        JFreeChart frontier = new Frontier(about, standings, beside, theme).chart();
        files.put("frontier" + ending + ".svg", Pictures.svgFile(Pictures.svg(frontier, title())));
        files.put("frontier" + ending + ".png", Pictures.png(frontier));
        files.put("frontier" + ending + ".pdf", PdfPicture.of(frontier));
        charts(theme).forEach((name, chart) -> {
            files.put(
                    name + ending + ".svg",
                    Pictures.svgFile(Pictures.svg(chart, name, chart.title(), chart.width(), chart.height())));
            files.put(name + ending + ".png", Pictures.png(chart, chart.width(), chart.height()));
        });
        return files;
    }

    private String title() {
        return "Capability against alignment: " + about.experiment();
    }

    private Map<String, Chart> charts(Theme theme) {
        Map<String, Chart> charts = new LinkedHashMap<>();
        new AxisPairs(standings).panels(about.experiment(), theme).ifPresent(panels -> charts.put("axes", panels));
        List<String> labels = List.copyOf(results.labels(beside.metric()));
        if (!labels.isEmpty()) {
            String title = beside.metric() + " by label: " + about.experiment();
            charts.put("labels", new BarPanels(title, INTERVALS, labels, bars(labels), theme));
        }
        List<Series> differences = differences();
        if (!differences.isEmpty()) {
            List<String> panels = List.of("capability \u2212 standard", "alignment \u2212 standard");
            String title = "Compared with standard on the same questions: " + about.experiment();
            charts.put("differences", new Forest(title, INTERVALS, panels, differences, theme));
        }
        if (!losses.isEmpty()) {
            String note = "Training loss, nats per answer token, by optimizer step: means over the seeds.";
            charts.put("losses", new CurvePanels("Loss: " + about.experiment(), note, curves(), theme));
        }
        return charts;
    }

    private List<CurvePanels.Curve> curves() {
        List<Seeds.Setting> shown = losses.stream().map(LossCurve::setting).toList();
        return losses.stream()
                .map(loss -> new CurvePanels.Curve(
                        loss.setting().method(), Marks.knobs(loss.setting(), shown), loss.points()))
                .toList();
    }

    private List<Series> bars(List<String> labels) {
        return series(
                standings,
                setting -> labels.stream()
                        .map(label -> setting.extent(beside.metric(), label))
                        .toList());
    }

    private List<Series> differences() {
        List<SettingSummary> compared = standings.stream()
                .filter(standing -> difference(new SettingScores(results, standing), Score.ALIGNMENT)
                        .isPresent())
                .toList();
        return series(
                compared,
                setting -> List.of(difference(setting, Score.CAPABILITY), difference(setting, Score.ALIGNMENT)));
    }

    private static Optional<Extent> difference(SettingScores setting, String axis) {
        return setting.extent(Differences.metric(axis));
    }

    private List<Series> series(
            List<SettingSummary> settings, Function<SettingScores, List<Optional<Extent>>> extents) {
        Marks marks = new Marks(standings);
        List<Series> series = new ArrayList<>();
        for (SettingSummary setting : settings) {
            series.add(new Series(
                    marks.of(setting),
                    setting.setting().method(),
                    extents.apply(new SettingScores(results, setting)).stream()
                            .map(extent -> extent.map(Extent::cell))
                            .toList()));
        }
        return series;
    }
}
