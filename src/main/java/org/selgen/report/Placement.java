package org.selgen.report;

import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Finds room for names on a picture: knows what is there already and takes, of many places around a point, the freest. */
final class Placement {
    /** Of a mean's symbol, pixels. */
    static final double RADIUS = 6.5;

    private static final double[] DISTANCES = {12, 18, 26, 36, 48, 62, 78, 96, 120, 150, 190, 240};
    private static final int ANGLES = 24;
    private static final double POINT = 60; // cost of covering a mean; per cent of area for names, length for bars

    private final List<Point2D> points = new ArrayList<>();
    private final List<Point2D> seeds = new ArrayList<>();
    private final List<Line2D> bars = new ArrayList<>();
    private final List<Rectangle2D> names = new ArrayList<>();

    void point(Point2D mean) {
        points.add(mean);
    }

    void seed(Point2D seed) {
        seeds.add(seed);
    }

    void bar(Line2D bar) {
        bars.add(bar);
    }

    /**
     * The place of a name, which is taken from now on.
     *
     * @param at the point it names
     * @param area it must stay within
     */
    Rectangle2D freest(Point2D at, double width, double height, Rectangle2D area) {
        return freest(at, width, height, area, DISTANCES[0]);
    }

    /** The place of a name that may stand as near to its point as {@code least}. */
    Rectangle2D freest(Point2D at, double width, double height, Rectangle2D area, double least) {
        double[] distances = DISTANCES.clone();
        distances[0] = least;
        return freest(at, width, height, area, distances);
    }

    private Rectangle2D freest(Point2D at, double width, double height, Rectangle2D area, double[] distances) {
        Rectangle2D best = new Rectangle2D.Double(at.getX() + distances[0], at.getY() - height, width, height);
        double least = Double.POSITIVE_INFINITY;
        for (double distance : distances) {
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
        names.add(best);
        return best;
    }

    private double cost(Rectangle2D box, Rectangle2D area) {
        double cost = area.contains(box) ? 0 : 10_000;
        Rectangle2D wide = new Rectangle2D.Double(
                box.getX() - RADIUS, box.getY() - RADIUS, box.getWidth() + 2 * RADIUS, box.getHeight() + 2 * RADIUS);
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
