package org.selgen.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * The picture of the trade-off: alignment to the right and capability upwards, as the published plots have alignment on the
 * horizontal axis. Large points are means over seeds with 95 % intervals over questions both ways, small points the seeds; the
 * step line is the Pareto front of the means, and what it dominates is shaded.
 */
final class Frontier {
    private static final BasicStroke BAR = new BasicStroke(1.1f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    private static final BasicStroke CURVE =
            new BasicStroke(1.4f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 1, new float[] {1.5f, 4f}, 0);

    private final About about;
    private final List<Standing> standings;
    private final Palette palette;
    private final String family;

    Frontier(About about, List<Standing> standings) {
        this.about = about;
        this.standings = standings;
        Set<String> methods = new LinkedHashSet<>();
        standings.forEach(standing -> methods.add(standing.setting().method()));
        this.palette = new Palette(methods);
        this.family = Typeface.family();
    }

    JFreeChart chart() {
        NumberAxis x = axis(
                "Alignment \u2192",
                about.alignment(),
                standings.stream().map(Standing::alignment).toList(),
                seeds(false));
        NumberAxis y = axis(
                "Capability \u2192",
                about.capability(),
                standings.stream().map(Standing::capability).toList(),
                seeds(true));
        XYPlot plot = new XYPlot(null, x, y, null);
        plot.setBackgroundPaint(Color.WHITE);
        plot.setOutlineVisible(false);
        plot.setDomainGridlinePaint(Palette.GRID);
        plot.setRangeGridlinePaint(Palette.GRID);
        plot.setDomainGridlineStroke(new BasicStroke(1));
        plot.setRangeGridlineStroke(new BasicStroke(1));
        plot.setAxisOffset(new RectangleInsets(4, 4, 4, 4));
        plot.setDatasetRenderingOrder(org.jfree.chart.plot.DatasetRenderingOrder.FORWARD);
        List<Standing> front = Standing.front(standings);
        plot.addAnnotation(new Staircase(front), false);
        drawCurves(plot);
        drawBars(plot);
        drawSeeds(plot);
        drawMeans(plot);
        plot.addAnnotation(new Marks(standings, palette, new Font(family, Font.PLAIN, 13)), false);
        plot.setFixedLegendItems(legend());
        return dressed(plot);
    }

    private List<Double> seeds(boolean capability) {
        return standings.stream()
                .flatMap(standing -> standing.seeds().stream())
                .map(place -> capability ? place.capability() : place.alignment())
                .toList();
    }

    private NumberAxis axis(String name, String what, List<Standing.Extent> extents, List<Double> seeds) {
        double low = seeds.stream().mapToDouble(d -> d).min().orElse(0);
        double high = seeds.stream().mapToDouble(d -> d).max().orElse(1);
        for (Standing.Extent extent : extents) {
            low = Math.min(low, extent.low());
            high = Math.max(high, extent.high());
        }
        double pad = Math.max(0.04, 0.08 * (high - low));
        low = Math.max(-0.03, low - pad);
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
        for (Standing standing : standings) {
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
        plot.setDataset(0, data);
        plot.setRenderer(0, renderer);
    }

    private void drawSeeds(XYPlot plot) {
        XYSeriesCollection data = new XYSeriesCollection();
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
        for (Standing standing : standings) {
            if (standing.seeds().size() < 2) {
                continue; // the mean is the seed
            }
            int index = data.getSeriesCount();
            XYSeries series = new XYSeries("seeds " + index, false, true);
            standing.seeds().forEach(place -> series.add(place.alignment(), place.capability()));
            data.addSeries(series);
            String method = standing.setting().method();
            renderer.setSeriesShape(index, palette.shape(method, 3));
            renderer.setSeriesPaint(index, Palette.faint(palette.colour(method), 130));
        }
        plot.setDataset(2, data);
        plot.setRenderer(2, renderer);
    }

    private void drawBars(XYPlot plot) {
        XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
        XYErrorRenderer renderer = new XYErrorRenderer();
        renderer.setDefaultShapesVisible(false);
        renderer.setCapLength(4);
        renderer.setErrorStroke(BAR);
        for (Standing standing : standings) {
            XYIntervalSeries series = new XYIntervalSeries("bars " + data.getSeriesCount());
            Standing.Extent a = standing.alignment();
            Standing.Extent c = standing.capability();
            series.add(a.mean().mean(), a.low(), a.high(), c.mean().mean(), c.low(), c.high());
            renderer.setSeriesPaint(
                    data.getSeriesCount(),
                    Palette.faint(palette.colour(standing.setting().method()), 140));
            data.addSeries(series);
        }
        plot.setDataset(1, data);
        plot.setRenderer(1, renderer);
    }

    private void drawMeans(XYPlot plot) {
        XYSeriesCollection data = new XYSeriesCollection();
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
        renderer.setUseOutlinePaint(true);
        for (Standing standing : standings) {
            int index = data.getSeriesCount();
            XYSeries series = new XYSeries("mean " + index);
            series.add(
                    standing.alignment().mean().mean(),
                    standing.capability().mean().mean());
            data.addSeries(series);
            String method = standing.setting().method();
            renderer.setSeriesShape(index, palette.shape(method, Marks.RADIUS));
            renderer.setSeriesPaint(index, palette.colour(method));
            renderer.setSeriesOutlinePaint(index, Color.WHITE);
            renderer.setSeriesOutlineStroke(index, new BasicStroke(1.2f));
        }
        plot.setDataset(3, data);
        plot.setRenderer(3, renderer);
    }

    private LegendItemCollection legend() {
        LegendItemCollection items = new LegendItemCollection();
        Set<String> methods = new LinkedHashSet<>();
        standings.forEach(standing -> methods.add(standing.setting().method()));
        for (String method : methods) {
            LegendItem item =
                    new LegendItem(method, null, null, null, palette.shape(method, 6), palette.colour(method));
            item.setLabelFont(new Font(family, Font.PLAIN, 13));
            item.setLabelPaint(Palette.INK);
            items.add(item);
        }
        return items;
    }

    private JFreeChart dressed(XYPlot plot) {
        JFreeChart chart = new JFreeChart(null, null, plot, false);
        chart.setBackgroundPaint(Color.WHITE);
        chart.setPadding(new RectangleInsets(16, 12, 12, 20));
        TextTitle title =
                new TextTitle("Capability against alignment: " + about.experiment(), new Font(family, Font.BOLD, 18));
        title.setPaint(Palette.INK);
        title.setHorizontalAlignment(HorizontalAlignment.LEFT);
        title.setPadding(0, 8, 2, 0);
        chart.setTitle(title);
        TextTitle key = new TextTitle(explanation(), new Font(family, Font.PLAIN, 12));
        key.setPaint(Palette.QUIET);
        key.setHorizontalAlignment(HorizontalAlignment.LEFT);
        key.setTextAlignment(HorizontalAlignment.LEFT);
        key.setPadding(0, 8, 10, 0);
        chart.addSubtitle(key);
        LegendTitle legend = new LegendTitle(plot);
        legend.setPosition(RectangleEdge.BOTTOM);
        legend.setItemLabelPadding(new RectangleInsets(3, 4, 3, 14));
        legend.setBackgroundPaint(Color.WHITE);
        chart.addSubtitle(legend);
        return chart;
    }

    private String explanation() {
        List<String> parts = new ArrayList<>();
        int most = standings.stream()
                .mapToInt(standing -> standing.seeds().size())
                .max()
                .orElse(0);
        parts.add(most > 1 ? "Large points: means over seeds, small points: the seeds." : "Each point is one run.");
        parts.add("Bars: 95 % intervals over questions. Step line: Pareto front; up and to the right is better.");
        return String.join(" ", parts);
    }
}
