package org.selgen.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.selgen.data.Interval;

/**
 * The picture of the trade-off: alignment to the right and capability upwards, as the published plots have alignment on the
 * horizontal axis. Large points are means over seeds with 95 % intervals both ways, thin over seeds and questions and thick
 * over questions alone; small points are the seeds. The step line is the Pareto front of the means, and what it dominates
 * is shaded.
 */
final class Frontier {
    private static final BasicStroke THICK = new BasicStroke(3f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
    private static final BasicStroke THIN = new BasicStroke(1.1f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    private static final BasicStroke CURVE =
            new BasicStroke(1.4f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 1, new float[] {1.5f, 4f}, 0);

    private final ReportHeader about;
    private final List<SettingSummary> standings;
    private final ReportExtras beside;
    private final Palette palette;
    private final String family;

    Frontier(ReportHeader about, List<SettingSummary> standings, ReportExtras beside) {
        this.about = about;
        this.standings = standings;
        this.beside = beside;
        Set<String> methods = new LinkedHashSet<>();
        standings.forEach(standing -> methods.add(standing.setting().method()));
        this.palette = new Palette(methods);
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
        plot.setBackgroundPaint(Color.WHITE);
        plot.setOutlineVisible(false);
        plot.setDomainGridlinePaint(Palette.GRID);
        plot.setRangeGridlinePaint(Palette.GRID);
        plot.setDomainGridlineStroke(new BasicStroke(1));
        plot.setRangeGridlineStroke(new BasicStroke(1));
        plot.setAxisOffset(new RectangleInsets(4, 4, 4, 4));
        plot.setDatasetRenderingOrder(org.jfree.chart.plot.DatasetRenderingOrder.FORWARD);
        List<SettingSummary> front = SettingSummary.front(standings);
        plot.addAnnotation(new ParetoStep(front), false);
        drawPublished(plot);
        drawCurves(plot);
        drawBars(plot, 2, Extent::overSeeds, THIN);
        drawBars(plot, 3, Extent::overQuestions, THICK);
        drawSeeds(plot);
        drawMeans(plot);
        plot.addAnnotation(
                new PointLabels(standings, beside.places(), palette, new Font(family, Font.PLAIN, 13)), false);
        return new Legend(about, standings, beside, palette, family).around(plot);
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
                high - low > 0.55 ? 0.1 : high - low > 0.22 ? 0.05 : 0.02, new java.text.DecimalFormat("0.00")));
        axis.setLabelFont(new Font(family, Font.PLAIN, 14));
        axis.setTickLabelFont(new Font(family, Font.PLAIN, 12));
        axis.setLabelPaint(Palette.INK);
        axis.setTickLabelPaint(Palette.QUIET);
        axis.setAxisLineVisible(false);
        axis.setTickMarksVisible(false);
        axis.setLabelInsets(new RectangleInsets(8, 8, 8, 8));
        return axis;
    }

    /** Joins the means of one method in the order of its knobs. */
    private void drawCurves(XYPlot plot) {
        Map<String, XYSeries> series = new LinkedHashMap<>();
        for (SettingSummary standing : standings) {
            series.computeIfAbsent(standing.setting().method(), method -> new XYSeries(method, false, true))
                    .add(
                            standing.alignment().mean().mean(),
                            standing.capability().mean().mean());
        }
        XYSeriesCollection data = new XYSeriesCollection();
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
        series.forEach((method, line) -> {
            renderer.setSeriesPaint(data.getSeriesCount(), Palette.faint(palette.colour(method), 150));
            renderer.setSeriesStroke(data.getSeriesCount(), CURVE);
            data.addSeries(line);
        });
        plot.setDataset(1, data);
        plot.setRenderer(1, renderer);
    }

    /** Grey rings below everything else; in the method's shape where it is one of ours. */
    private void drawPublished(XYPlot plot) {
        XYSeriesCollection data = new XYSeriesCollection();
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
        for (Published.PlacedPoint place : beside.places()) {
            int index = data.getSeriesCount();
            XYSeries series = new XYSeries("published " + index);
            series.add(place.alignment(), place.capability());
            data.addSeries(series);
            renderer.setSeriesShape(index, palette.shape(place.point().method(), 4));
            renderer.setSeriesShapesFilled(index, false);
            renderer.setSeriesPaint(index, Palette.PUBLISHED);
            renderer.setSeriesStroke(index, new BasicStroke(1.2f));
        }
        plot.setDataset(0, data);
        plot.setRenderer(0, renderer);
    }

    private void drawSeeds(XYPlot plot) {
        XYSeriesCollection data = new XYSeriesCollection();
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
        for (SettingSummary standing : standings) {
            if (standing.seeds().size() < 2) {
                continue; // the mean is the seed
            }
            String method = standing.setting().method();
            for (SettingSummary.SeedPoint place : standing.seeds()) {
                int index = data.getSeriesCount();
                XYSeries series = new XYSeries("seed " + index);
                series.add(place.alignment(), place.capability());
                data.addSeries(series);
                renderer.setSeriesShape(index, palette.shape(method, 3));
                renderer.setSeriesShapesFilled(index, !place.degenerate());
                renderer.setSeriesPaint(index, Palette.faint(palette.colour(method), 130));
            }
        }
        plot.setDataset(4, data);
        plot.setRenderer(4, renderer);
    }

    private void drawBars(XYPlot plot, int layer, Function<Extent, Optional<Interval>> interval, BasicStroke stroke) {
        XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
        XYErrorRenderer renderer = new XYErrorRenderer();
        renderer.setDefaultShapesVisible(false);
        renderer.setCapLength(stroke.equals(THIN) ? 4 : 0);
        renderer.setErrorStroke(stroke);
        for (SettingSummary standing : standings) {
            XYIntervalSeries series = new XYIntervalSeries("bars " + data.getSeriesCount());
            Interval a = bar(standing.alignment(), interval);
            Interval c = bar(standing.capability(), interval);
            series.add(
                    standing.alignment().mean().mean(),
                    a.low(),
                    a.high(),
                    standing.capability().mean().mean(),
                    c.low(),
                    c.high());
            renderer.setSeriesPaint(
                    data.getSeriesCount(),
                    Palette.faint(palette.colour(standing.setting().method()), 140));
            data.addSeries(series);
        }
        plot.setDataset(layer, data);
        plot.setRenderer(layer, renderer);
    }

    private static Interval bar(Extent extent, Function<Extent, Optional<Interval>> interval) {
        double mean = extent.mean().mean();
        return interval.apply(extent).orElse(new Interval(mean, mean));
    }

    private void drawMeans(XYPlot plot) {
        XYSeriesCollection data = new XYSeriesCollection();
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
        renderer.setUseOutlinePaint(true);
        for (SettingSummary standing : standings) {
            int index = data.getSeriesCount();
            XYSeries series = new XYSeries("mean " + index);
            series.add(
                    standing.alignment().mean().mean(),
                    standing.capability().mean().mean());
            data.addSeries(series);
            String method = standing.setting().method();
            renderer.setSeriesShape(index, palette.shape(method, Placement.RADIUS));
            boolean hollow = standing.degenerate();
            renderer.setSeriesPaint(index, hollow ? Color.WHITE : palette.colour(method));
            renderer.setSeriesOutlinePaint(index, hollow ? palette.colour(method) : Color.WHITE);
            renderer.setSeriesOutlineStroke(index, new BasicStroke(hollow ? 2f : 1.2f));
        }
        plot.setDataset(5, data);
        plot.setRenderer(5, renderer);
    }
}
