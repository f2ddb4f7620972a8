package org.selgen.report.style;

import java.awt.Color;

/**
 * What an eye makes of a colour, where it lacks one kind of cone: linear RGB by the matrices of G. Machado, M. Oliveira and L.
 * Fernandes (IEEE TVCG 15 (2009) 1291, table 1, severity 1.0).
 */
enum Vision {
    NORMAL(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}),
    PROTANOPIA(new double[][] {
        {0.152286, 1.052583, -0.204868},
        {0.114503, 0.786281, 0.099216},
        {-0.003882, -0.048116, 1.051998}
    }),
    DEUTERANOPIA(new double[][] {
        {0.367322, 0.860646, -0.227968},
        {0.280085, 0.672501, 0.047413},
        {-0.011820, 0.042940, 0.968881}
    }),
    TRITANOPIA(new double[][] {
        {1.255528, -0.076749, -0.178779},
        {-0.078411, 0.930809, 0.147602},
        {0.004733, 0.691367, 0.303900}
    });

    private static final double[][] TO_XYZ = { // sRGB, D65
        {0.4124564, 0.3575761, 0.1804375},
        {0.2126729, 0.7151522, 0.0721750},
        {0.0193339, 0.1191920, 0.9503041}
    };
    private static final double[] WHITE = {0.95047, 1, 1.08883};

    @SuppressWarnings("ImmutableEnumChecker") // never written
    private final double[][] matrix;

    Vision(double[][] matrix) {
        this.matrix = matrix;
    }

    /** Difference of two colours to this eye, CIEDE2000. */
    double distance(Color one, Color other) {
        return CieDe2000.of(lab(one), lab(other));
    }

    static double luminance(Color colour) {
        return times(TO_XYZ, linear(colour))[1];
    }

    private double[] lab(Color colour) {
        double[] seen = times(matrix, linear(colour));
        for (int i = 0; i < 3; i++) {
            seen[i] = Math.max(0, Math.min(1, seen[i]));
        }
        double[] xyz = times(TO_XYZ, seen);
        double[] f = new double[3];
        for (int i = 0; i < 3; i++) {
            double t = xyz[i] / WHITE[i];
            f[i] = t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
        }
        return new double[] {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
    }

    private static double[] linear(Color colour) {
        float[] srgb = colour.getRGBColorComponents(null);
        double[] linear = new double[3];
        for (int i = 0; i < 3; i++) {
            linear[i] = srgb[i] <= 0.04045 ? srgb[i] / 12.92 : Math.pow((srgb[i] + 0.055) / 1.055, 2.4);
        }
        return linear;
    }

    private static double[] times(double[][] matrix, double[] vector) {
        double[] product = new double[3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                product[i] += matrix[i][j] * vector[j];
            }
        }
        return product;
    }
}
