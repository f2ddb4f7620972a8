package org.selgen.lm.config;

import org.jspecify.annotations.Nullable;

/**
 * Rotary position embedding (Su et al. 2021): the angle of pair i at position t is {@code t · θ^(−2i/E)}, E the number of
 * rotated numbers of a head.
 *
 * @param theta θ, the base
 * @param dims E: the first so many numbers of a head are rotated, the others stay; even
 * @param scaling how the frequencies are changed for long texts; null where they are not
 */
public record Rope(double theta, int dims, @Nullable RopeScaling scaling) {
    private static final RopeScaling PLAIN = new RopeScaling.Linear(1);

    /** Angle per position of each pair in a row of so many tokens, {@code [E/2]}. */
    public float[] frequencies(long length) {
        float[] wave = new float[dims / 2];
        for (int i = 0; i < wave.length; i++) {
            wave[i] = (float) Math.pow((float) theta, (float) (2 * i) / (float) dims);
        }
        return (scaling == null ? PLAIN : scaling).frequencies(wave, theta, length);
    }

    /** The longest row whose frequencies are those of the shorter ones. */
    public int sameUpTo() {
        return scaling instanceof RopeScaling.LongRope two ? two.originalPositions() : Integer.MAX_VALUE;
    }

    /** Factor on cosine and sine. */
    public double magnitude() {
        return (scaling == null ? PLAIN : scaling).magnitude();
    }
}
