package org.selgen.report.chart;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.selgen.report.style.Identity;
import org.selgen.report.style.Theme;

/**
 * Curves of positive numbers on a logarithmic axis, in a panel for each method; all panels have the same axes.
 *
 * @param note how to read it, one line
 * @param curves those of a method stand together, each with at least one point
 */
public record CurvePanels(String title, String note, List<Curve> curves, Theme theme) implements Chart {
    private static final int COLUMNS = 3;
    private static final int PANEL = 300;
    private static final int GAP = 34;
    private static final int LEFT = 52;
    private static final int HEIGHT = 170;
    private static final int AROUND = 62;
    private static final float[][] DASHES = {{}, {6, 3}, {2, 2}, {8, 3, 2, 3}, {1, 4}};

    /**
     * One curve.
     *
     * @param method whose panel it is in
     * @param name what tells it from others of the method; empty where nothing does
     * @param points from left to right
     */
    public record Curve(String method, String name, List<Point2D> points) {}

    @Override
    public int width() {
        return LEFT + COLUMNS * (PANEL + GAP);
    }

    private List<String> methods() {
        return curves.stream().map(Curve::method).distinct().toList();
    }

    @Override
    public int height() {
        return Pen.HEAD + (methods().size() + COLUMNS - 1) / COLUMNS * (HEIGHT + AROUND);
    }

    @Override
    public void draw(Graphics2D g2, Rectangle2D area) {
        Pen pen = new Pen(g2, theme);
        pen.begin(area, title, note);
        double last = points().mapToDouble(Point2D::getX).max().orElse(1);
        double low = Math.log10(points().mapToDouble(Point2D::getY).min().orElse(1));
        double high = Math.log10(points().mapToDouble(Point2D::getY).max().orElse(10));
        List<String> methods = methods();
        for (int i = 0; i < methods.size(); i++) {
            int left = LEFT + i % COLUMNS * (PANEL + GAP);
            int top = Pen.HEAD + i / COLUMNS * (HEIGHT + AROUND) + 24;
            Ruler x = new Ruler(0, last, left, left + PANEL - 70.0);
            Ruler y = new Ruler(low - 0.05, high + 0.05, top + HEIGHT, top);
            axes(pen, methods.get(i), x, y);
            String method = methods.get(i);
            panel(
                    pen,
                    curves.stream().filter(curve -> curve.method.equals(method)).toList(),
                    x,
                    y);
        }
    }

    private Stream<Point2D> points() {
        return curves.stream().flatMap(curve -> curve.points.stream());
    }

    private static void axes(Pen pen, String method, Ruler x, Ruler y) {
        pen.marker(method, x.from() + 6, y.to() - 12);
        pen.heading(method, x.from() + 18, y.to() - 8);
        for (double tick : x.ticks(4)) {
            pen.grid(x.at(tick), y.to(), y.from());
            pen.quiet(String.format(Locale.ROOT, "%.0f", tick), x.at(tick), y.from() + 15, Pen.Align.MIDDLE, 10);
        }
        for (int ten = (int) Math.floor(y.low()); ten <= y.high(); ten++) {
            for (int factor : new int[] {1, 2, 5}) {
                double at = ten + Math.log10(factor);
                if (at >= y.low() && at <= y.high()) {
                    pen.line(x.from(), y.at(at), x.to(), y.at(at), pen.theme().grid(), 1);
                    pen.quiet(number(factor, ten), x.from() - 6, y.at(at) + 4, Pen.Align.RIGHT, 10);
                }
            }
        }
    }

    private static String number(int factor, int ten) {
        return ten < 0
                ? String.format(Locale.ROOT, "%." + -ten + "f", factor * Math.pow(10, ten))
                : String.format(Locale.ROOT, "%.0f", factor * Math.pow(10, ten));
    }

    /** The names stand at the ends of the curves, each below the one before where there is no room. */
    private static void panel(Pen pen, List<Curve> own, Ruler x, Ruler y) {
        List<Curve> ordered = new ArrayList<>(own);
        ordered.sort(Comparator.comparingDouble(curve -> -last(curve).getY()));
        double above = Double.NEGATIVE_INFINITY;
        double lowest = y.from() - 12.0 * (ordered.size() - 1);
        for (int i = 0; i < ordered.size(); i++) {
            Curve curve = ordered.get(i);
            draw(pen, curve, own.indexOf(curve), x, y);
            double at = Math.max(
                    above + 12,
                    Math.min(lowest + 12.0 * i, y.at(Math.log10(last(curve).getY())) + 4));
            pen.coloured(curve.name, x.at(last(curve).getX()) + 5, at, curve.method);
            above = at;
        }
    }

    private static Point2D last(Curve curve) {
        return curve.points.get(curve.points.size() - 1);
    }

    private static void draw(Pen pen, Curve curve, int index, Ruler x, Ruler y) {
        Path2D path = new Path2D.Double();
        for (Point2D point : curve.points) {
            double right = x.at(point.getX());
            double up = y.at(Math.log10(point.getY()));
            if (path.getCurrentPoint() == null) {
                path.moveTo(right, up);
            }
            path.lineTo(right, up);
        }
        float[] dash = DASHES[index % DASHES.length];
        pen.graphics().setPaint(Theme.faint(Identity.of(curve.method).colour(), 220));
        pen.graphics()
                .setStroke(
                        dash.length == 0
                                ? new BasicStroke(1.6f)
                                : new BasicStroke(1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash, 0));
        pen.graphics().draw(path);
    }
}
