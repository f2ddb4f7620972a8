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
final class Marks extends AbstractXYAnnotation {
    static final double RADIUS = 6.5;
    private static final long serialVersionUID = 1L;
    private static final double[] DISTANCES = {12, 18, 26, 36, 48, 62, 78, 96};
    private static final int ANGLES = 16;
    private static final double POINT = 60; // cost of covering a mean; per cent of area for names, length for bars

    private final transient List<Standing> standings;
    private final transient Palette palette;
    private final transient Font font;

    Marks(List<Standing> standings, Palette palette, Font font) {
        this.standings = standings;
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
        Taken taken = new Taken();
        List<Point2D> points = new ArrayList<>();
        for (Standing standing : standings) {
            Point2D at = place(
                    standing.alignment().mean().mean(),
                    standing.capability().mean().mean(),
                    area,
                    domain,
                    range);
            points.add(at);
            taken.points.add(at);
            Standing.Extent a = standing.alignment();
            Standing.Extent c = standing.capability();
            taken.bars.add(new Line2D.Double(
                    place(a.low(), c.mean().mean(), area, domain, range),
                    place(a.high(), c.mean().mean(), area, domain, range)));
            taken.bars.add(new Line2D.Double(
                    place(a.mean().mean(), c.low(), area, domain, range),
                    place(a.mean().mean(), c.high(), area, domain, range)));
            standing.seeds()
                    .forEach(seed -> taken.seeds.add(place(seed.alignment(), seed.capability(), area, domain, range)));
        }
        for (int i = 0; i < standings.size(); i++) {
            mark(g2, standings.get(i), points.get(i), area, taken);
        }
    }

    private static Point2D place(double x, double y, Rectangle2D area, ValueAxis domain, ValueAxis range) {
        return new Point2D.Double(
                domain.valueToJava2D(x, area, RectangleEdge.BOTTOM), range.valueToJava2D(y, area, RectangleEdge.LEFT));
    }

    private void mark(Graphics2D g2, Standing standing, Point2D at, Rectangle2D area, Taken taken) {
        boolean strong = standing.setting().knobs().isEmpty();
        Font used = strong ? font.deriveFont(Font.BOLD) : font;
        FontMetrics metrics = g2.getFontMetrics(used);
        double width = metrics.stringWidth(standing.mark());
        double height = metrics.getAscent() + metrics.getDescent();
        Rectangle2D box = taken.freest(at, width, height, area);
        taken.names.add(box);
        double near = at.distance(
                Math.max(box.getMinX(), Math.min(at.getX(), box.getMaxX())),
                Math.max(box.getMinY(), Math.min(at.getY(), box.getMaxY())));
        Color colour = palette.colour(standing.setting().method());
        if (near > 2.6 * RADIUS) {
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

    private static void lead(Graphics2D g2, Point2D at, Rectangle2D box, Color colour) {
        double x = Math.max(box.getMinX() - 3, Math.min(at.getX(), box.getMaxX() + 3));
        double y = Math.max(box.getMinY(), Math.min(at.getY(), box.getMaxY()));
        double length = at.distance(x, y);
        double start = (RADIUS + 2) / length;
        g2.setPaint(Palette.faint(colour, 170));
        g2.setStroke(new BasicStroke(0.8f));
        g2.draw(new Line2D.Double(at.getX() + (x - at.getX()) * start, at.getY() + (y - at.getY()) * start, x, y));
    }

    /** What is on the picture already. */
    private static final class Taken {
        private final List<Point2D> points = new ArrayList<>();
        private final List<Point2D> seeds = new ArrayList<>();
        private final List<Line2D> bars = new ArrayList<>();
        private final List<Rectangle2D> names = new ArrayList<>();

        Rectangle2D freest(Point2D at, double width, double height, Rectangle2D area) {
            Rectangle2D best = new Rectangle2D.Double(at.getX() + DISTANCES[0], at.getY() - height, width, height);
            double least = Double.POSITIVE_INFINITY;
            for (double distance : DISTANCES) {
                for (int i = 0; i < ANGLES; i++) {
                    double angle = -Math.PI / 4 + 2 * Math.PI * i / ANGLES; // upper right first
                    double x = at.getX() + distance * Math.cos(angle) + (Math.cos(angle) - 1) / 2 * width;
                    double y = at.getY() + distance * Math.sin(angle) + (Math.sin(angle) - 1) / 2 * height;
                    Rectangle2D box = new Rectangle2D.Double(x, y, width, height);
                    double cost = cost(box, area) + distance / 3 + i * 0.01;
                    if (cost < least) {
                        least = cost;
                        best = box;
                    }
                }
            }
            return best;
        }

        private double cost(Rectangle2D box, Rectangle2D area) {
            double cost = area.contains(box) ? 0 : 10_000;
            Rectangle2D wide = new Rectangle2D.Double(
                    box.getX() - RADIUS,
                    box.getY() - RADIUS,
                    box.getWidth() + 2 * RADIUS,
                    box.getHeight() + 2 * RADIUS);
            for (Point2D point : points) {
                cost += wide.contains(point) ? POINT * 10 : 0;
            }
            Rectangle2D roomy =
                    new Rectangle2D.Double(box.getX() - 4, box.getY() - 2, box.getWidth() + 8, box.getHeight() + 4);
            for (Point2D seed : seeds) {
                cost += roomy.contains(seed) ? POINT / 3 : 0;
            }
            for (Line2D bar : bars) {
                cost += roomy.intersectsLine(bar) ? POINT / 4 : 0;
            }
            for (Rectangle2D name : names) {
                cost += roomy.intersects(name) ? POINT * 20 : 0;
            }
            return cost;
        }
    }
}
