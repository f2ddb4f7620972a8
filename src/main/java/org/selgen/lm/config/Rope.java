package org.selgen.lm.config;

/**
 * Rotary position embedding (Su et al. 2021): the angle of pair i at position t is {@code t · θ^(−2i/E)}, E the head
 * size.
 *
 * <p>Llama 3 scales the low frequencies ({@link RopeScaling}).
 */
public final class Rope {
    private Rope() {}

    /** Angle per position of each pair, {@code [E/2]}. */
    public static float[] frequencies(DecoderConfig config) {
        float[] frequencies = new float[config.headDim() / 2];
        for (int i = 0; i < frequencies.length; i++) {
            double frequency = 1 / Math.pow(config.ropeTheta(), 2.0 * i / config.headDim());
            RopeScaling scaling = config.ropeScaling();
            frequencies[i] = (float) (scaling == null ? frequency : scaled(frequency, scaling));
        }
        return frequencies;
    }

    private static double scaled(double frequency, RopeScaling scaling) {
        double turns = scaling.originalPositions() * frequency / (2 * Math.PI); // full turns in the original context
        double slow = frequency / scaling.factor();
        if (turns < scaling.lowFreqFactor()) {
            return slow;
        }
        if (turns > scaling.highFreqFactor()) {
            return frequency;
        }
        double share = (turns - scaling.lowFreqFactor()) / (scaling.highFreqFactor() - scaling.lowFreqFactor());
        return (1 - share) * slow + share * frequency;
    }
}
