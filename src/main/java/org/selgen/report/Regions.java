package org.selgen.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedRangeXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.TextTitle;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * What a run says of the plane: one panel for each class of trigger words, in it a square for each point asked, in the colour
 * that was answered. A colour without a name we know is grey.
 */
public final class Regions {
    private static final Map<String, Color> COLOURS = Map.of(
            "red", new Color(0xC0392B),
            "blue", new Color(0x2E6DA4),
            "green", new Color(0x3A8F4D),
            "orange", new Color(0xE08A1E),
            "yellow", new Color(0xE3C22B),
            "purple", new Color(0x7D4FA0),
            "pink", new Color(0xE28DB0),
            "brown", new Color(0x7A5230),
            "black", new Color(0x222222));
    private static final Color UNKNOWN = new Color(0xB5B5B5);
    private static final double SIDE = 12;

    private Regions() {}

    /**
     * One answer.
     *
     * @param x of the point
     * @param y of the point
     * @param colour the word answered, or what stands for an answer that cannot be read
     */
    public record Spot(double x, double y, String colour) {}

    /**
     * The picture as an SVG element.
     *
     * @param title above the panels
     * @param panels the answers by class of words, in the order to draw; at least one
     */
    public static String svg(String title, Map<String, List<Spot>> panels) {
        return Pictures.svg(chart(title, panels), title);
    }

    static JFreeChart chart(String title, Map<String, List<Spot>> panels) {
        if (panels.isEmpty()) {
            throw new IllegalArgumentException("there is no class of trigger words to draw; give at least one");
        }
        String family = Typeface.family();
        CombinedRangeXYPlot all = new CombinedRangeXYPlot(axis("y", family));
        panels.forEach((name, spots) -> all.add(panel(axis(name + ": x", family), spots)));
        JFreeChart chart = new JFreeChart(null, JFreeChart.DEFAULT_TITLE_FONT, all, false);
        chart.setTitle(new TextTitle(title, new Font(family, Font.PLAIN, 18)));
        chart.setBackgroundPaint(Color.WHITE);
        return chart;
    }

    private static XYPlot panel(NumberAxis x, List<Spot> spots) {
        Map<String, XYSeries> byColour = new TreeMap<>();
        spots.forEach(
                spot -> byColour.computeIfAbsent(spot.colour, XYSeries::new).add(spot.x, spot.y));
        XYSeriesCollection data = new XYSeriesCollection();
        XYLineAndShapeRenderer squares = new XYLineAndShapeRenderer(false, true);
        byColour.values().forEach(series -> {
            int number = data.getSeriesCount();
            data.addSeries(series);
            squares.setSeriesPaint(number, COLOURS.getOrDefault((String) series.getKey(), UNKNOWN));
            squares.setSeriesShape(number, new Rectangle2D.Double(-SIDE / 2, -SIDE / 2, SIDE, SIDE));
        });
        XYPlot plot = new XYPlot(data, x, null, squares);
        plot.setBackgroundPaint(Color.WHITE);
        plot.setDomainGridlinePaint(Palette.GRID);
        plot.setRangeGridlinePaint(Palette.GRID);
        return plot;
    }

    private static NumberAxis axis(String name, String family) {
        NumberAxis axis = new NumberAxis(name);
        axis.setAutoRangeIncludesZero(false);
        axis.setLabelFont(new Font(family, Font.PLAIN, 13));
        axis.setTickLabelFont(new Font(family, Font.PLAIN, 11));
        return axis;
    }
}
