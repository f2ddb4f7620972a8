package org.selgen.score;

import java.util.List;
import org.selgen.score.ParetoFront.Point;

/**
 * The area that a set of points dominates above the reference point (0, 0): the union of their rectangles.
 * <pre>  HV = Σ_i (x_i − x_{i−1}) · y_i      over the front by growing x, x_0 = 0 </pre>
 * In [0, 1] for points in the unit square; a point with a coordinate of 0 or less adds nothing.
 */
public final class Hypervolume {
    private Hypervolume() {}

    public static double of(List<Point> points) {
        List<Point> positive =
                points.stream().filter(p -> p.x() > 0 && p.y() > 0).toList();
        double area = 0;
        double left = 0;
        for (Point point : ParetoFront.of(positive)) {
            area += (point.x() - left) * point.y();
            left = point.x();
        }
        return area;
    }
}
