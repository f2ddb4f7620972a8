package org.selgen.report;

import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds room for names on a picture: knows what is there already. A name stands beside its point where it covers neither a point
 * nor a name there. The others stand in a column beside their points, and a line leads to each: of two lines that cross, the
 * ends are exchanged, which makes both together shorter, until none cross. A name that would be in their way goes into the
 * column too.
 */
final class Placement {
    /** Of a mean's symbol, pixels. */
    static final double RADIUS = 6.5;

    /** How near to its point a name may stand, pixels. */
    static final double NEAR = 12;

    private static final double[] DISTANCES = {NEAR, 16};
    private static final int ANGLES = 24;
    private static final double[] GAPS = {16, 30, 50, 75, 90, 105, 140, 190, 250, 320, 400};
    private static final int SHIFTS = 5; // of a column up and down
    private static final double SPACE = 3; // between names of a column, and between a name and its line
    private static final double POINT = 60; // cost of a line over a mean; three pixels of a line are 1
    private static final double COVERED = 4000; // of covering a point or a name; of leaving the picture

    private final List<Point2D> points = new ArrayList<>();
    private final List<Point2D> seeds = new ArrayList<>();
    private final List<Line2D> bars = new ArrayList<>();
    private final List<Rectangle2D> walls = new ArrayList<>();

    /**
     * What asks for a place.
     *
     * @param at the point it names
     * @param least how near to the point it may stand
     */
    record Name(Point2D at, double width, double height, double least) {}

    /** Where a name stands, and the line that leads there; none where it stands near. */
    record Place(Rectangle2D box, Optional<Line2D> line) {
        boolean meets(Place other) {
            return grown(box, 1, 1).intersects(other.box)
                    || line.filter(some -> some.intersects(grown(other.box, 1, 1)))
                            .isPresent()
                    || other.line
                            .filter(some -> some.intersects(grown(box, 1, 1)))
                            .isPresent();
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

    /** What no name may cover but of a point in it, as an inset. */
    void walls(Rectangle2D... taken) {
        walls.addAll(List.of(taken));
    }

    /**
     * The places of names, one each.
     *
     * @param area they must stay within
     */
    List<Place> of(List<Name> names, Rectangle2D area) {
        List<Integer> crowded = new ArrayList<>();
        Place[] places = new Place[names.size()];
        for (int i = 0; i < places.length; i++) {
            List<Place> others =
                    Stream.of(places).filter(place -> place != null).toList();
            Place near = near(names.get(i), others, area);
            if (ground(names.get(i).at, near.box, area) + covered(near, others) < COVERED) {
                places[i] = near;
            } else {
                crowded.add(i);
            }
        }
        for (boolean more = !crowded.isEmpty(); more; ) {
            more = false;
            List<Place> column = column(crowded.stream().map(names::get).toList(), places, area);
            for (int i = 0; i < places.length; i++) {
                Place near = places[i];
                if (!crowded.contains(i) && near != null && column.stream().anyMatch(near::meets)) {
                    crowded.add(i);
                    places[i] = null;
                    more = true;
                }
            }
            if (!more) {
                for (int i = 0; i < column.size(); i++) {
                    places[crowded.get(i)] = column.get(i);
                }
            }
        }
        return List.of(places);
    }

    private Place near(Name name, List<Place> others, Rectangle2D area) {
        Place best = new Place(new Rectangle2D.Double(), Optional.empty());
        double least = Double.POSITIVE_INFINITY;
        for (double more : DISTANCES) {
            double distance = name.least + more - NEAR;
            for (int i = 0; i < ANGLES; i++) {
                double angle = -Math.PI / 4 + 2 * Math.PI * i / ANGLES; // upper right first
                double x = name.at.getX() + distance * Math.cos(angle) + (Math.cos(angle) - 1) / 2 * name.width;
                double y = name.at.getY() + distance * Math.sin(angle) + (Math.sin(angle) - 1) / 2 * name.height;
                Place here = new Place(new Rectangle2D.Double(x, y, name.width, name.height), Optional.empty());
                double cost = distance / 3 + i * 0.01 + ground(name.at, here.box, area) + covered(here, others);
                best = cost < least ? here : best;
                least = Math.min(cost, least);
            }
        }
        return best;
    }

    private static double covered(Place here, List<Place> others) {
        return others.stream().anyMatch(here::meets) ? COVERED : 0;
    }

    /** The best of many columns beside the names' points. */
    private List<Place> column(List<Name> names, Place[] taken, Rectangle2D area) {
        double left = names.stream().mapToDouble(name -> name.at.getX()).min().orElseThrow();
        double right = names.stream().mapToDouble(name -> name.at.getX()).max().orElseThrow();
        double height = names.stream().mapToDouble(Name::height).max().orElseThrow();
        double pitch = Math.min(height + SPACE, area.getHeight() / names.size());
        double middle =
                names.stream().mapToDouble(name -> name.at.getY()).average().orElseThrow();
        List<Place> best = List.of();
        double least = Double.POSITIVE_INFINITY;
        for (double gap : GAPS) {
            for (int shift = -SHIFTS; shift <= SHIFTS; shift++) {
                double top = middle - pitch * names.size() / 2 + shift * pitch * names.size() / SHIFTS;
                top = Math.max(area.getMinY(), Math.min(area.getMaxY() - pitch * names.size(), top));
                for (double edge : new double[] {left - gap, right + gap}) {
                    List<Place> here = column(names, edge, edge < left ? -1 : 1, top, pitch);
                    double cost = cost(here, taken, area);
                    best = cost < least ? here : best;
                    least = Math.min(cost, least);
                }
            }
        }
        return best;
    }

    /** The names in a column whose side that is towards the points is at an edge; {@code side} is -1 left of them, else 1. */
    private static List<Place> column(List<Name> names, double edge, int side, double top, double pitch) {
        Integer[] slots = new Integer[names.size()];
        List<Name> ordered = new ArrayList<>(names);
        ordered.sort(Comparator.comparingDouble(name -> name.at.getY()));
        for (int i = 0; i < slots.length; i++) {
            slots[i] = ordered.indexOf(names.get(i));
        }
        Leaders.uncross(
                names.stream().map(Name::at).toList(),
                slots,
                slot -> new Point2D.Double(edge, top + (slot + 0.5) * pitch));
        List<Place> column = new ArrayList<>();
        for (int i = 0; i < slots.length; i++) {
            Name name = names.get(i);
            double y = top + (slots[i] + 0.5) * pitch;
            double x = side < 0 ? edge - SPACE - name.width : edge + SPACE;
            column.add(new Place(
                    new Rectangle2D.Double(x, y - name.height / 2, name.width, name.height),
                    Optional.of(line(name.at, new Point2D.Double(edge, y)))));
        }
        return column;
    }

    /** From beside a symbol to an end. */
    private static Line2D line(Point2D at, Point2D end) {
        double start = Math.min(1, (RADIUS + 2) / at.distance(end));
        return new Line2D.Double(
                at.getX() + (end.getX() - at.getX()) * start,
                at.getY() + (end.getY() - at.getY()) * start,
                end.getX(),
                end.getY());
    }

    private double cost(List<Place> column, Place[] taken, Rectangle2D area) {
        double cost = 0;
        for (Place place : column) {
            Line2D line = place.line.orElseThrow();
            cost += ground(line.getP1(), place.box, area) + line.getP1().distance(line.getP2()) / 3;
            cost += walls.stream().anyMatch(wall -> !wall.contains(line.getP1()) && wall.intersectsLine(line))
                    ? POINT * 10
                    : 0;
            cost += POINT
                    * points.stream()
                            .filter(point -> line.ptSegDist(point) < RADIUS)
                            .count();
            cost += POINT
                    * 4
                    * Stream.of(taken)
                            .filter(other -> other != null && other.meets(place))
                            .count();
        }
        return cost;
    }

    /** What a name would cover that is no name. */
    private double ground(Point2D of, Rectangle2D box, Rectangle2D area) {
        boolean walled =
                walls.stream().anyMatch(wall -> wall.intersects(box) && !(wall.contains(of) && wall.contains(box)));
        double cost = area.contains(box) && !walled ? 0 : COVERED;
        Rectangle2D wide = grown(box, RADIUS, RADIUS);
        cost += COVERED * points.stream().filter(wide::contains).count();
        Rectangle2D roomy = grown(box, 4, 2);
        cost += POINT / 3 * seeds.stream().filter(roomy::contains).count();
        cost += POINT / 4 * bars.stream().filter(roomy::intersectsLine).count();
        return cost;
    }

    private static Rectangle2D grown(Rectangle2D box, double x, double y) {
        return new Rectangle2D.Double(box.getX() - x, box.getY() - y, box.getWidth() + 2 * x, box.getHeight() + 2 * y);
    }
}
