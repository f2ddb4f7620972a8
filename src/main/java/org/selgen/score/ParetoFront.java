package org.selgen.score;

import java.util.Comparator;
import java.util.List;

/** The points that no other point beats, where more is better on both axes. */
public final class ParetoFront {
    private ParetoFront() {}

    /** A named point. */
    public record Point(String name, double x, double y) {
        public Point {
            if (!Double.isFinite(x) || !Double.isFinite(y)) {
                throw new IllegalArgumentException(
                        "point '" + name + "' is (" + x + ", " + y + ") but must be finite; leave out unscored runs");
            }
        }

        /** At least as good on both axes and better on one. */
        public boolean dominates(Point other) {
            return x >= other.x && y >= other.y && (x > other.x || y > other.y);
        }
    }

    /** The undominated points by growing x; of equal points all stay. */
    public static List<Point> of(List<Point> points) {
        return points.stream()
                .filter(p -> points.stream().noneMatch(q -> q.dominates(p)))
                .sorted(Comparator.comparingDouble(Point::x)
                        .thenComparing(Comparator.comparingDouble(Point::y).reversed()))
                .toList();
    }
}
