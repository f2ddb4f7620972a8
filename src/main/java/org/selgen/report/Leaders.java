package org.selgen.report;

import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.util.List;
import java.util.function.IntFunction;

/** Lines from points to the slots of a column. */
final class Leaders {
    private Leaders() {}

    /**
     * Exchanges slots until no two lines cross. Of two that cross, both together become shorter, so that it ends.
     *
     * @param points where the lines begin
     * @param slots of each point its own; they are exchanged
     * @param end where a slot is
     */
    static void uncross(List<Point2D> points, Integer[] slots, IntFunction<Point2D> end) {
        for (boolean crossed = true; crossed; ) {
            crossed = false;
            for (int i = 0; i < slots.length; i++) {
                for (int j = 0; j < i; j++) {
                    Line2D one = new Line2D.Double(points.get(i), end.apply(slots[i]));
                    Line2D other = new Line2D.Double(points.get(j), end.apply(slots[j]));
                    if (one.intersectsLine(other) && shorterExchanged(one, other)) {
                        int slot = slots[i];
                        slots[i] = slots[j];
                        slots[j] = slot;
                        crossed = true;
                    }
                }
            }
        }
    }

    private static boolean shorterExchanged(Line2D one, Line2D other) {
        double now = one.getP1().distance(one.getP2()) + other.getP1().distance(other.getP2());
        double exchanged = one.getP1().distance(other.getP2()) + other.getP1().distance(one.getP2());
        return exchanged < now - 1e-9;
    }
}
