package org.selgen.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.annotations.AbstractXYAnnotation;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleEdge;

/**
 * The names beside the mean points. Each takes, of many places around its point, the one that covers least of what is already
 * there (points, bars, other names); a thin line leads to a name that had to go far. Drawn over the data.
 */
final class PointLabels extends AbstractXYAnnotation {
    private static final double FAR = 2.6 * Placement.RADIUS; // from here on, a line leads to the name
    private static final double NUMBER = 6; // least distance of a number from its point
    private static final long serialVersionUID = 1L;

    private final transient List<SettingSummary> standings;
    private final transient List<Published.PlacedPoint> published;
    private final transient Palette palette;
    private final transient Font font;

    PointLabels(List<SettingSummary> standings, List<Published.PlacedPoint> published, Palette palette, Font font) {
        this.standings = standings;
        this.published = published;
        this.palette = palette;
        this.font = font;
    }

    @Override
    public void draw(
            Graphics2D g2,
            XYPlot plot,
            Rectangle2D area,
            ValueAxis domain,
            ValueAxis range,
            int index,
            PlotRenderingInfo info) {
        Placement taken = new Placement();
        List<Point2D> points = new ArrayList<>();
        for (SettingSummary standing : standings) {
            Point2D at = place(
                    standing.alignment().mean().mean(),
                    standing.capability().mean().mean(),
                    area,
                    domain,
                    range);
            points.add(at);
            taken.point(at);
            Extent a = standing.alignment();
            Extent c = standing.capability();
            taken.bar(new Line2D.Double(
                    place(a.low(), c.mean().mean(), area, domain, range),
                    place(a.high(), c.mean().mean(), area, domain, range)));
            taken.bar(new Line2D.Double(
                    place(a.mean().mean(), c.low(), area, domain, range),
                    place(a.mean().mean(), c.high(), area, domain, range)));
            standing.seeds()
                    .forEach(seed -> taken.seed(place(seed.alignment(), seed.capability(), area, domain, range)));
        }
        List<Point2D> theirs = published.stream()
                .map(point -> place(point.alignment(), point.capability(), area, domain, range))
                .toList();
        theirs.forEach(taken::seed);
        for (int i = 0; i < standings.size(); i++) {
            mark(g2, standings.get(i), points.get(i), area, taken);
        }
        for (int i = 0; i < theirs.size(); i++) {
            number(g2, String.valueOf(i + 1), theirs.get(i), area, taken);
        }
    }

    private static Point2D place(double x, double y, Rectangle2D area, ValueAxis domain, ValueAxis range) {
        return new Point2D.Double(
                domain.valueToJava2D(x, area, RectangleEdge.BOTTOM), range.valueToJava2D(y, area, RectangleEdge.LEFT));
    }

    private void mark(Graphics2D g2, SettingSummary standing, Point2D at, Rectangle2D area, Placement taken) {
        boolean strong = standing.landmark();
        Font used = strong ? font.deriveFont(Font.BOLD) : font;
        FontMetrics metrics = g2.getFontMetrics(used);
        double width = metrics.stringWidth(standing.mark());
        double height = metrics.getAscent() + metrics.getDescent();
        Rectangle2D box = taken.freest(at, width, height, area);
        Color colour = palette.colour(standing.setting().method());
        if (distance(at, box) > FAR) {
            lead(g2, at, box, colour);
        }
        g2.setFont(used);
        float x = (float) box.getX();
        float y = (float) (box.getY() + metrics.getAscent());
        g2.setPaint(new Color(255, 255, 255, 215));
        g2.fill(new Rectangle2D.Double(box.getX() - 2, box.getY() + 1, width + 4, height - 2));
        g2.setPaint(colour.darker());
        g2.drawString(standing.mark(), x, y);
    }

    /** A published point's number in the page's table. */
    private void number(Graphics2D g2, String number, Point2D at, Rectangle2D area, Placement taken) {
        Font small = font.deriveFont(9.5f);
        FontMetrics metrics = g2.getFontMetrics(small);
        Rectangle2D box =
                taken.freest(at, metrics.stringWidth(number), metrics.getAscent() + metrics.getDescent(), area, NUMBER);
        if (distance(at, box) > FAR) {
            lead(g2, at, box, Palette.PUBLISHED);
        }
        g2.setFont(small);
        g2.setPaint(Palette.PUBLISHED);
        g2.drawString(number, (float) box.getX(), (float) (box.getY() + metrics.getAscent()));
    }

    private static double distance(Point2D at, Rectangle2D box) {
        return at.distance(
                Math.max(box.getMinX(), Math.min(at.getX(), box.getMaxX())),
                Math.max(box.getMinY(), Math.min(at.getY(), box.getMaxY())));
    }

    private static void lead(Graphics2D g2, Point2D at, Rectangle2D box, Color colour) {
        double x = Math.max(box.getMinX() - 3, Math.min(at.getX(), box.getMaxX() + 3));
        double y = Math.max(box.getMinY(), Math.min(at.getY(), box.getMaxY()));
        double length = at.distance(x, y);
        double start = (Placement.RADIUS + 2) / length;
        g2.setPaint(Palette.faint(colour, 170));
        g2.setStroke(new BasicStroke(0.8f));
        g2.draw(new Line2D.Double(at.getX() + (x - at.getX()) * start, at.getY() + (y - at.getY()) * start, x, y));
    }
}
