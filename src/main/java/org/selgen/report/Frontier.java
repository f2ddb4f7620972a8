package org.selgen.report;

import java.awt.Font;
import java.text.DecimalFormat;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleInsets;
import org.selgen.report.style.Theme;
import org.selgen.report.style.Typeface;

/**
 * The picture of the trade-off: alignment to the right and capability upwards, as the published plots have alignment on the
 * horizontal axis. Large points are means over seeds with 95 % intervals both ways, thin over seeds and questions and thick
 * over questions alone; small points are the seeds. The step line is the Pareto front of the means, and what it dominates
 * is shaded.
 */
final class Frontier {
    private final ReportHeader about;
    private final List<SettingSummary> standings;
    private final ReportExtras beside;
    private final Theme theme;
    private final String family;

    Frontier(ReportHeader about, List<SettingSummary> standings, ReportExtras beside, Theme theme) {
        this.about = about;
        this.standings = standings;
        this.beside = beside;
        this.theme = theme;
        this.family = Typeface.family();
    }

    JFreeChart chart() {
        NumberAxis x = axis(
                "Alignment \u2192",
                about.alignment(),
                standings.stream().map(SettingSummary::alignment).toList(),
                points(SettingSummary.SeedPoint::alignment, Published.PlacedPoint::alignment));
        NumberAxis y = axis(
                "Capability \u2192",
                about.capability(),
                standings.stream().map(SettingSummary::capability).toList(),
                points(SettingSummary.SeedPoint::capability, Published.PlacedPoint::capability));
        XYPlot plot = new XYPlot(null, x, y, null);
        new FrontierLayers(standings, beside.places(), theme).drawOn(plot);
        Font words = new Font(family, Font.PLAIN, 13);
        plot.addAnnotation(new PointLabels(standings, beside.places(), new Marks(standings), theme, words), false);
        return new Legend(about, standings, beside, theme, family).around(plot);
    }

    /** What lies beside means and bars: the seeds and the published points. */
    private List<Double> points(
            ToDoubleFunction<SettingSummary.SeedPoint> seed, ToDoubleFunction<Published.PlacedPoint> published) {
        DoubleStream seeds = standings.stream()
                .flatMap(standing -> standing.seeds().stream())
                .mapToDouble(seed);
        return DoubleStream.concat(seeds, beside.places().stream().mapToDouble(published))
                .boxed()
                .toList();
    }

    private NumberAxis axis(String name, String what, List<Extent> extents, List<Double> seeds) {
        double low = seeds.stream().mapToDouble(d -> d).min().orElse(0);
        double high = seeds.stream().mapToDouble(d -> d).max().orElse(1);
        for (Extent extent : extents) {
            low = Math.min(low, extent.low());
            high = Math.max(high, extent.high());
        }
        double pad = Math.max(0.04, 0.08 * (high - low));
        low = Math.max(low < 0 ? -1.03 : -0.03, low - pad); // discernment may be below 0
        high = Math.min(1.03, high + pad);
        NumberAxis axis = new NumberAxis(what.isEmpty() ? name : name + "    " + what);
        axis.setRange(low, high);
        axis.setTickUnit(new NumberTickUnit(
                high - low > 0.55 ? 0.1 : high - low > 0.22 ? 0.05 : 0.02, new DecimalFormat("0.00")));
        axis.setLabelFont(new Font(family, Font.PLAIN, 14));
        axis.setTickLabelFont(new Font(family, Font.PLAIN, 12));
        axis.setLabelPaint(theme.ink());
        axis.setTickLabelPaint(theme.quiet());
        axis.setAxisLineVisible(false);
        axis.setTickMarksVisible(false);
        axis.setLabelInsets(new RectangleInsets(8, 8, 8, 8));
        return axis;
    }
}
