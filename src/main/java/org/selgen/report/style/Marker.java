package org.selgen.report.style;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A filled outline around (0, 0), with about the area of a circle. No two look alike, so that they are told apart without
 * colour; none has a hole, so that a hollow one can mean something else.
 */
public enum Marker {
    CIRCLE,
    SQUARE("-9,-9 9,-9 9,9 -9,9"),
    DIAMOND("0,-13 13,0 0,13 -13,0"),
    UP("0,-14 13,9 -13,9"),
    DOWN("0,14 13,-9 -13,-9"),
    LEFT("-14,0 9,-13 9,13"),
    RIGHT("14,0 -9,-13 -9,13"),
    STAR("0,-15 3.8,-5.3 14.3,-4.6 6.2,2 8.8,12.1 0,6.5 -8.8,12.1 -6.2,2 -14.3,-4.6 -3.8,-5.3"),
    SPARK("0,-16 4,-4 16,0 4,4 0,16 -4,4 -16,0 -4,-4"),
    PLUS("-4,-13 4,-13 4,-4 13,-4 13,4 4,4 4,13 -4,13 -4,4 -13,4 -13,-4 -4,-4"),
    CROSS("-12,-6.4 -6.4,-12 0,-5.6 6.4,-12 12,-6.4 5.6,0 12,6.4 6.4,12 0,5.6 -6.4,12 -12,6.4 -5.6,0"),
    HOURGLASS("-11,-13 11,-13 3,0 11,13 -11,13 -3,0"),
    BOWTIE("-13,-11 0,-3 13,-11 13,11 0,3 -13,11"),
    BAR("-15,-5.5 15,-5.5 15,5.5 -15,5.5"),
    PILLAR("-5.5,-15 5.5,-15 5.5,15 -5.5,15"),
    ROOF("0,-13 14,3 14,13 0,-1 -14,13 -14,3"),
    VEE("0,13 14,-3 14,-13 0,1 -14,-13 -14,-3"),
    DOME("-15,7 -13,-2 -8,-8 0,-10 8,-8 13,-2 15,7"),
    STEP("-11,-11 -1,-11 -1,1 11,1 11,11 -11,11"),
    ARROW("-14,-4.5 1,-4.5 1,-12 14,0 1,12 1,4.5 -14,4.5"),
    TEE("-12,-12 12,-12 12,-4 4,-4 4,13 -4,13 -4,-4 -12,-4");

    private static final double UNIT = 10; // of the outlines above, in radii
    private static final Pattern BETWEEN = Pattern.compile("[ ,]");

    private final String corners;

    Marker() {
        this("");
    }

    /** @param corners {@code x,y} of each, y downwards, where a circle of this area has the radius 10; none for the circle */
    Marker(String corners) {
        this.corners = corners;
    }

    /** As large as a circle of this radius. */
    public Shape shape(double radius) {
        return AffineTransform.getScaleInstance(radius / UNIT, radius / UNIT).createTransformedShape(outline());
    }

    private Shape outline() {
        if (corners.isEmpty()) {
            return new Ellipse2D.Double(-UNIT, -UNIT, 2 * UNIT, 2 * UNIT);
        }
        double[] numbers =
                BETWEEN.splitAsStream(corners).mapToDouble(Double::parseDouble).toArray();
        Path2D path = new Path2D.Double();
        path.moveTo(numbers[0], numbers[1]);
        for (int i = 2; i < numbers.length; i += 2) {
            path.lineTo(numbers[i], numbers[i + 1]);
        }
        path.closePath();
        return path;
    }

    /** The same as the attribute {@code d} of an SVG path. */
    public String svgPath(double radius) {
        StringBuilder path = new StringBuilder();
        double[] at = new double[6];
        for (PathIterator i = shape(radius).getPathIterator(null); !i.isDone(); i.next()) {
            switch (i.currentSegment(at)) {
                case PathIterator.SEG_MOVETO -> append(path, 'M', at, 2);
                case PathIterator.SEG_LINETO -> append(path, 'L', at, 2);
                case PathIterator.SEG_QUADTO -> append(path, 'Q', at, 4);
                case PathIterator.SEG_CUBICTO -> append(path, 'C', at, 6);
                default -> path.append('Z');
            }
        }
        return path.toString();
    }

    private static void append(StringBuilder path, char command, double[] at, int numbers) {
        path.append(command);
        for (int i = 0; i < numbers; i++) {
            path.append(i == 0 ? "" : " ").append(String.format(Locale.ROOT, "%.2f", at[i] + 0.0));
        }
    }
}
