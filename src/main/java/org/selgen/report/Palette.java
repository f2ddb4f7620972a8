package org.selgen.report;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Colour and shape of each method. The first colours are those of Okabe and Ito, which people with any common colour blindness
 * can tell apart; shapes differ as well, so that the picture can be printed in grey.
 */
final class Palette {
    static final Color INK = new Color(0x22, 0x26, 0x2B);
    static final Color QUIET = new Color(0x6B, 0x72, 0x7B);
    static final Color GRID = new Color(0xE6, 0xE8, 0xEB);
    static final Color FRONT = new Color(0x8A, 0x91, 0x99);
    static final Color PUBLISHED = new Color(0x80, 0x86, 0x8E);
    static final Color SHADE = new Color(0xF4, 0xF6, 0xF8);
    private static final List<Color> COLOURS = List.of(
            new Color(0x00, 0x72, 0xB2),
            new Color(0xE6, 0x9F, 0x00),
            new Color(0x00, 0x9E, 0x73),
            new Color(0xCC, 0x79, 0xA7),
            new Color(0x56, 0xB4, 0xE9),
            new Color(0x8C, 0x6D, 0x1F),
            new Color(0x6A, 0x4C, 0x93),
            new Color(0x88, 0x22, 0x55),
            new Color(0x7A, 0x8B, 0x2E));
    private static final int CORNERS = 4; // kinds of polygon below

    private final Map<String, Integer> places = new HashMap<>();

    /** A palette for these methods, given in a fixed order. */
    Palette(Iterable<String> methods) {
        for (String method : methods) {
            if (!method.equals(SettingSummary.BASE) && !method.equals(SettingSummary.STANDARD)) {
                places.putIfAbsent(method, places.size());
            }
        }
    }

    Color colour(String method) {
        return switch (method) {
            case SettingSummary.BASE -> INK;
            case SettingSummary.STANDARD -> new Color(0xD5, 0x5E, 0x00);
            default -> COLOURS.get(places.get(method) % COLOURS.size());
        };
    }

    /** The shape around (0, 0) with about the area of a circle of this radius; a diamond for a method not of the palette. */
    Shape shape(String method, double radius) {
        if (method.equals(SettingSummary.BASE)) {
            return polygon(4, radius * 1.3, -Math.PI / 2);
        }
        if (method.equals(SettingSummary.STANDARD)) {
            double half = radius * 0.92;
            return new Rectangle2D.Double(-half, -half, 2 * half, 2 * half);
        }
        Integer place = places.get(method);
        if (place == null) {
            return polygon(4, radius, -Math.PI / 2);
        }
        return switch ((place + place / COLOURS.size()) % (CORNERS + 1)) {
            case 0 -> new Ellipse2D.Double(-radius, -radius, 2 * radius, 2 * radius);
            case 1 -> polygon(3, radius * 1.35, -Math.PI / 2);
            case 2 -> polygon(5, radius * 1.15, -Math.PI / 2);
            case 3 -> polygon(3, radius * 1.35, Math.PI / 2);
            default -> polygon(6, radius * 1.1, 0);
        };
    }

    private static Shape polygon(int corners, double radius, double turn) {
        Path2D path = new Path2D.Double();
        for (int i = 0; i < corners; i++) {
            double angle = turn + 2 * Math.PI * i / corners;
            double x = radius * Math.cos(angle);
            double y = radius * Math.sin(angle);
            if (i == 0) {
                path.moveTo(x, y);
            } else {
                path.lineTo(x, y);
            }
        }
        path.closePath();
        return path;
    }

    static Color faint(Color colour, int alpha) {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha);
    }
}
