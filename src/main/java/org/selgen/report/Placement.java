package org.selgen.report;

import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds room for names on a picture: knows what is there already and takes, of many places around a point, the freest. A line
 * leads to a name that had to go far.
 */
final class Placement {
    /** Of a mean's symbol, pixels. */
    static final double RADIUS = 6.5;

    /** How near to its point a name may stand, pixels. */
    static final double NEAR = 12;

    private static final double FAR = 2.6 * RADIUS; // from here on, a line leads to the name
    private static final double[] DISTANCES = {NEAR, 18, 26, 36, 48, 62, 78, 96, 120, 150, 190, 240, 300};
    private static final int ANGLES = 24;
    private static final int ROUNDS = 4; // in which each name looks for a better place among the others
    private static final double POINT = 60; // cost of covering a mean; a third of a pixel of distance is 1

    private final List<Point2D> points = new ArrayList<>();
    private final List<Point2D> seeds = new ArrayList<>();
    private final List<Line2D> bars = new ArrayList<>();

    /**
     * What asks for a place.
     *
     * @param at the point it names
     * @param least how near to the point it may stand
     */
    record Name(Point2D at, double width, double height, double least) {
        Name(Point2D at, double width, double height) {
            this(at, width, height, NEAR);
        }
    }

    private record Placed(Rectangle2D box, Optional<Line2D> leader) {
        static Placed of(Name name, Rectangle2D box) {
            return new Placed(box, Placement.leader(name.at, box));
        }
    }

    void point(Point2D mean) {
        points.add(mean);
    }

    void seed(Point2D seed) {
        seeds.add(seed);
    }

    void bar(Line2D bar) {
        bars.add(bar);
    }

    /** The line that leads to a name in this box; none where it stands near. */
    static Optional<Line2D> leader(Point2D at, Rectangle2D box) {
        double x = Math.max(box.getMinX() - 3, Math.min(at.getX(), box.getMaxX() + 3));
        double y = Math.max(box.getMinY(), Math.min(at.getY(), box.getMaxY()));
        double length = at.distance(x, y);
        double start = (RADIUS + 2) / length;
        return length <= FAR
                ? Optional.empty()
                : Optional.of(new Line2D.Double(
                        at.getX() + (x - at.getX()) * start, at.getY() + (y - at.getY()) * start, x, y));
    }

    /**
     * The places of names, one each.
     *
     * @param area they must stay within
     */
    List<Rectangle2D> of(List<Name> names, Rectangle2D area) {
        List<Placed> placed = new ArrayList<>();
        names.forEach(name -> placed.add(freest(name, placed, area)));
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < names.size(); i++) {
                List<Placed> others = new ArrayList<>(placed);
                others.remove(i);
                placed.set(i, freest(names.get(i), others, area));
            }
        }
        return placed.stream().map(Placed::box).toList();
    }

    private Placed freest(Name name, List<Placed> others, Rectangle2D area) {
        Rectangle2D right = new Rectangle2D.Double(
                name.at.getX() + name.least, name.at.getY() - name.height, name.width, name.height);
        Placed best = Placed.of(name, right);
        double least = Double.POSITIVE_INFINITY;
        for (int d = 0; d < DISTANCES.length; d++) {
            double distance = d == 0 ? name.least : DISTANCES[d];
            for (int i = 0; i < ANGLES; i++) {
                double angle = -Math.PI / 4 + 2 * Math.PI * i / ANGLES; // upper right first
                double x = name.at.getX() + distance * Math.cos(angle) + (Math.cos(angle) - 1) / 2 * name.width;
                double y = name.at.getY() + distance * Math.sin(angle) + (Math.sin(angle) - 1) / 2 * name.height;
                Placed here = Placed.of(name, new Rectangle2D.Double(x, y, name.width, name.height));
                double near = distance / 3 + i * 0.01;
                if (near < least) {
                    double cost = near + ground(here.box, area) + names(here, others);
                    best = cost < least ? here : best;
                    least = Math.min(cost, least);
                }
            }
        }
        return best;
    }

    /** What a name would cover that is no name. */
    private double ground(Rectangle2D box, Rectangle2D area) {
        double cost = area.contains(box) ? 0 : 10_000;
        Rectangle2D wide = grown(box, RADIUS, RADIUS);
        for (Point2D point : points) {
            cost += wide.contains(point) ? POINT * 40 : 0;
        }
        Rectangle2D roomy = grown(box, 4, 2);
        for (Point2D seed : seeds) {
            cost += roomy.contains(seed) ? POINT / 3 : 0;
        }
        for (Line2D bar : bars) {
            cost += roomy.intersectsLine(bar) ? POINT / 4 : 0;
        }
        return cost;
    }

    /** What a name and its line would cover or cross of other names and theirs. */
    private double names(Placed here, List<Placed> others) {
        Rectangle2D roomy = grown(here.box, 4, 2);
        double cost = 0;
        for (Placed other : others) {
            cost += roomy.intersects(other.box) ? POINT * 80 : 0;
            cost += crosses(here.leader, grown(other.box, 2, 1)) || crosses(other.leader, grown(here.box, 2, 1))
                    ? POINT
                    : 0;
            cost += here.leader.isPresent()
                            && other.leader.isPresent()
                            && here.leader.get().intersectsLine(other.leader.get())
                    ? POINT
                    : 0;
        }
        for (Point2D point : points) {
            cost += here.leader.isPresent() && here.leader.get().ptSegDist(point) < RADIUS ? POINT : 0;
        }
        return cost;
    }

    private static boolean crosses(Optional<Line2D> leader, Rectangle2D box) {
        return leader.isPresent() && box.intersectsLine(leader.get());
    }

    private static Rectangle2D grown(Rectangle2D box, double x, double y) {
        return new Rectangle2D.Double(box.getX() - x, box.getY() - y, box.getWidth() + 2 * x, box.getHeight() + 2 * y);
    }
}
