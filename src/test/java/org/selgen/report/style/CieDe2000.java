package org.selgen.report.style;

/**
 * The colour difference ΔE00 of two colours in CIELAB, with all weights 1: G. Sharma, W. Wu and E. Dalal, Color Res. Appl. 30
 * (2005) 21, equations 2 to 22.
 */
final class CieDe2000 {
    private CieDe2000() {}

    static double of(double[] one, double[] other) {
        double chroma = (Math.hypot(one[1], one[2]) + Math.hypot(other[1], other[2])) / 2;
        double g = 1 + (1 - ratio(chroma)) / 2;
        double c1 = Math.hypot(g * one[1], one[2]);
        double c2 = Math.hypot(g * other[1], other[2]);
        double h1 = hue(g * one[1], one[2]);
        double h2 = hue(g * other[1], other[2]);
        double turn = c1 * c2 == 0 ? 0 : Math.IEEEremainder(h2 - h1, 360);
        double dl = other[0] - one[0];
        double dc = c2 - c1;
        double dh = 2 * Math.sqrt(c1 * c2) * Math.sin(Math.toRadians(turn / 2));
        double l = (one[0] + other[0]) / 2;
        double c = (c1 + c2) / 2;
        double h = c1 * c2 == 0 ? h1 + h2 : h1 + turn / 2;
        double t = 1 - 0.17 * cos(h - 30) + 0.24 * cos(2 * h) + 0.32 * cos(3 * h + 6) - 0.20 * cos(4 * h - 63);
        double sl = 1 + 0.015 * square(l - 50) / Math.sqrt(20 + square(l - 50));
        double sc = 1 + 0.045 * c;
        double sh = 1 + 0.015 * c * t;
        double around = Math.IEEEremainder(h - 275, 360);
        double rt = -2 * ratio(c) * Math.sin(Math.toRadians(60 * Math.exp(-square(around / 25))));
        return Math.sqrt(square(dl / sl) + square(dc / sc) + square(dh / sh) + rt * (dc / sc) * (dh / sh));
    }

    private static double ratio(double chroma) {
        double seventh = Math.pow(chroma, 7);
        return Math.sqrt(seventh / (seventh + Math.pow(25, 7)));
    }

    private static double hue(double a, double b) {
        return a == 0 && b == 0 ? 0 : Math.toDegrees(Math.atan2(b, a));
    }

    private static double cos(double degrees) {
        return Math.cos(Math.toRadians(degrees));
    }

    private static double square(double x) {
        return x * x;
    }
}
