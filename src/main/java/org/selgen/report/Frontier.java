package org.selgen.report;

import java.awt.Font;
import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.text.DecimalFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        Optional<Crowd> crowd = Crowd.of(
                standings.stream().map(standing -> unit(x, y, standing)).toList(), lines(x, y));
        Optional<Inset> inset = crowd.map(some -> new Inset(some, larger(some, x, y), theme));
        inset.ifPresent(some -> plot.addAnnotation(some, false));
        Font words = new Font(family, Font.PLAIN, 13);
        plot.addAnnotation(
                new PointLabels(standings, beside.places(), new Marks(standings), theme, words, inset), false);
        return new Legend(about, standings, beside, theme, family).around(plot);
    }

    /** The crowd's box as a plane of its own. */
    private XYPlot larger(Crowd crowd, NumberAxis x, NumberAxis y) {
        XYPlot plot = new XYPlot(
                null,
                axis(
                        "",
                        x.getLowerBound() + crowd.box().getMinX() * x.getRange().getLength(),
                        x.getLowerBound() + crowd.box().getMaxX() * x.getRange().getLength(),
                        11),
                axis(
                        "",
                        y.getLowerBound() + crowd.box().getMinY() * y.getRange().getLength(),
                        y.getLowerBound() + crowd.box().getMaxY() * y.getRange().getLength(),
                        11),
                null);
        new FrontierLayers(standings, beside.places(), theme).drawOn(plot);
        plot.setOutlineVisible(true);
        plot.setOutlinePaint(theme.rule());
        return plot;
    }

    private static Point2D unit(NumberAxis x, NumberAxis y, SettingSummary standing) {
        return unit(
                x,
                y,
                standing.alignment().mean().mean(),
                standing.capability().mean().mean());
    }

    private static Point2D unit(NumberAxis x, NumberAxis y, double right, double up) {
        return new Point2D.Double(
                (right - x.getLowerBound()) / x.getRange().getLength(),
                (up - y.getLowerBound()) / y.getRange().getLength());
    }

    /** What an inset must leave in sight: intervals, seeds, published points. */
    private List<Line2D> lines(NumberAxis x, NumberAxis y) {
        List<Line2D> lines = new ArrayList<>();
        for (SettingSummary standing : standings) {
            Extent a = standing.alignment();
            Extent c = standing.capability();
            lines.add(new Line2D.Double(
                    unit(x, y, a.low(), c.mean().mean()),
                    unit(x, y, a.high(), c.mean().mean())));
            lines.add(new Line2D.Double(
                    unit(x, y, a.mean().mean(), c.low()), unit(x, y, a.mean().mean(), c.high())));
            standing.seeds().forEach(seed -> lines.add(dot(unit(x, y, seed.alignment(), seed.capability()))));
        }
        beside.places().forEach(place -> lines.add(dot(unit(x, y, place.alignment(), place.capability()))));
        return lines;
    }

    private static Line2D dot(Point2D at) {
        return new Line2D.Double(at, at);
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
        return axis(
                what.isEmpty() ? name : name + "    " + what,
                Math.max(low < 0 ? -1.03 : -0.03, low - pad), // discernment may be below 0
                Math.min(1.03, high + pad),
                12);
    }

    private NumberAxis axis(String label, double low, double high, int size) {
        NumberAxis axis = new NumberAxis(label.isEmpty() ? null : label);
        axis.setRange(low, high);
        double least = (high - low) / 7;
        double ten = Math.pow(10, Math.floor(Math.log10(least)));
        double unit = least <= 2 * ten ? 2 * ten : least <= 5 * ten ? 5 * ten : 10 * ten;
        axis.setTickUnit(new NumberTickUnit(unit, new DecimalFormat(unit < 0.01 ? "0.000" : "0.00")));
        axis.setLabelFont(new Font(family, Font.PLAIN, 14));
        axis.setTickLabelFont(new Font(family, Font.PLAIN, size));
        axis.setLabelPaint(theme.ink());
        axis.setTickLabelPaint(theme.quiet());
        axis.setAxisLineVisible(false);
        axis.setTickMarksVisible(false);
        axis.setLabelInsets(new RectangleInsets(8, 8, 8, 8));
        return axis;
    }
}
