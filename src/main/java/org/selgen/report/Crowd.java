package org.selgen.report;

import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where points of a picture crowd, and the largest part of it that is free, where they can be shown larger. All in the unit
 * square, y upwards.
 *
 * @param box around the points that crowd
 * @param free meets neither points nor lines nor the box
 */
record Crowd(Rectangle2D box, Rectangle2D free) {
    private static final double WINDOW = 0.27; // side of a square in which points are a crowd
    private static final int LEAST = 5;
    private static final double SHARE = 0.3; // of all points, at least
    private static final double PAD = 0.02;
    private static final double STEP = 0.02;
    private static final double[] SIDES = {0.62, 0.54, 0.46, 0.4, 0.34};

    /**
     * Of a picture.
     *
     * @param points means, whose crowd is looked for
     * @param lines what else must stay in sight
     * @return nothing where no points crowd, or no part is free
     */
    static Optional<Crowd> of(List<Point2D> points, List<Line2D> lines) {
        return box(points).flatMap(box -> free(box, points, lines).map(free -> new Crowd(box, free)));
    }

    private static Optional<Rectangle2D> box(List<Point2D> points) {
        List<Point2D> most = List.of();
        for (Point2D left : points) {
            for (Point2D bottom : points) {
                Rectangle2D window =
                        new Rectangle2D.Double(left.getX() - 1e-9, bottom.getY() - 1e-9, WINDOW + 2e-9, WINDOW + 2e-9);
                List<Point2D> within = points.stream().filter(window::contains).toList();
                most = within.size() > most.size() ? within : most;
            }
        }
        if (most.size() < Math.max(LEAST, SHARE * points.size())) {
            return Optional.empty();
        }
        Rectangle2D box = new Rectangle2D.Double(most.get(0).getX(), most.get(0).getY(), 0, 0);
        most.forEach(box::add);
        return Optional.of(grown(box, PAD));
    }

    private static Optional<Rectangle2D> free(Rectangle2D box, List<Point2D> points, List<Line2D> lines) {
        Rectangle2D wide = grown(box, 1.5 * PAD);
        return sizes().flatMap(size -> places(size[0], size[1]))
                .filter(place -> !place.intersects(wide))
                .filter(place -> points.stream().noneMatch(grown(place, PAD)::contains))
                .filter(place -> lines.stream().noneMatch(place::intersectsLine))
                .findFirst();
    }

    /** Widths and heights, the largest areas first. */
    private static Stream<double[]> sizes() {
        int n = SIDES.length;
        return IntStream.range(0, n * n)
                .mapToObj(i -> new double[] {SIDES[i / n], SIDES[i % n]})
                .sorted(Comparator.comparingDouble(size -> -size[0] * size[1]));
    }

    private static Stream<Rectangle2D> places(double width, double height) {
        return DoubleStream.iterate(PAD, x -> x + width <= 1 - PAD, x -> x + STEP)
                .boxed()
                .<Rectangle2D>flatMap(x -> DoubleStream.iterate(PAD, y -> y + height <= 1 - PAD, y -> y + STEP)
                        .mapToObj(y -> new Rectangle2D.Double(x, y, width, height)));
    }

    private static Rectangle2D grown(Rectangle2D box, double by) {
        return new Rectangle2D.Double(
                box.getX() - by, box.getY() - by, box.getWidth() + 2 * by, box.getHeight() + 2 * by);
    }
}
