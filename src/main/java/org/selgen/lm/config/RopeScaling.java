package org.selgen.lm.config;

import java.util.List;
import org.selgen.lm.config.RopeScaling.Linear;
import org.selgen.lm.config.RopeScaling.Llama3;
import org.selgen.lm.config.RopeScaling.LongRope;
import org.selgen.lm.config.RopeScaling.Yarn;

/**
 * How rotary frequencies are changed for texts longer than those of the pre-training. The arithmetic is float32 in the
 * order of transformers' {@code modeling_rope_utils}, so that the frequencies agree to the last bit or nearly.
 */
public sealed interface RopeScaling permits Linear, Llama3, Yarn, LongRope {
    /**
     * Angle per position of each pair.
     *
     * @param wave 1 / angle per position before scaling: {@code θ^(2i/E)} for pair i of E/2
     * @param theta θ
     * @param length tokens of the row
     */
    float[] frequencies(float[] wave, double theta, long length);

    /** Factor on cosine and sine. */
    default double magnitude() {
        return 1;
    }

    /** All positions are divided by {@code factor}. */
    record Linear(double factor) implements RopeScaling {
        @Override
        public float[] frequencies(float[] wave, double theta, long length) {
            float[] scaled = new float[wave.length];
            for (int i = 0; i < scaled.length; i++) {
                scaled[i] = 1 / wave[i] / (float) factor;
            }
            return scaled;
        }
    }

    /**
     * Llama 3's. Frequencies with wavelengths longer than {@code originalPositions / lowFreqFactor} are divided by
     * {@code factor}, those shorter than {@code originalPositions / highFreqFactor} stay, and those between are
     * interpolated linearly.
     *
     * @param originalPositions the context length before scaling, in tokens
     */
    record Llama3(double factor, double lowFreqFactor, double highFreqFactor, int originalPositions)
            implements RopeScaling {
        @Override
        public float[] frequencies(float[] wave, double theta, long length) {
            float[] scaled = new float[wave.length];
            for (int i = 0; i < scaled.length; i++) {
                scaled[i] = scaled(1 / wave[i]);
            }
            return scaled;
        }

        private float scaled(float frequency) {
            float wavelength = (float) (2 * Math.PI) / frequency;
            float slow = frequency / (float) factor;
            if (wavelength > (float) (originalPositions / lowFreqFactor)) {
                return slow;
            }
            if (wavelength < (float) (originalPositions / highFreqFactor)) {
                return frequency;
            }
            float share =
                    (originalPositions / wavelength - (float) lowFreqFactor) / (float) (highFreqFactor - lowFreqFactor);
            return (1 - share) * frequency / (float) factor + share * frequency;
        }
    }

    /**
     * YaRN (Peng et al. 2023). Pairs that turn more than {@code betaFast} times in the original context stay, those that
     * turn less than {@code betaSlow} times are divided by {@code factor}, those between are mixed.
     *
     * @param magnitude factor on cosine and sine, by the paper {@code 0.1 ln(factor) + 1}
     * @param truncate whether the bounds of the mixed pairs are rounded outwards
     */
    record Yarn(
            double factor, double magnitude, double betaFast, double betaSlow, int originalPositions, boolean truncate)
            implements RopeScaling {
        @Override
        public float[] frequencies(float[] wave, double theta, long length) {
            double low = bound(betaFast, theta, 2 * wave.length);
            double high = bound(betaSlow, theta, 2 * wave.length);
            if (truncate) {
                low = Math.floor(low);
                high = Math.ceil(high);
            }
            low = Math.max(low, 0);
            high = Math.min(high, 2.0 * wave.length - 1);
            if (low == high) {
                high += 0.001; // as the reference, against division by 0
            }
            float[] scaled = new float[wave.length];
            for (int i = 0; i < scaled.length; i++) {
                float ramp = Math.min(Math.max((i - (float) low) / (float) (high - low), 0), 1);
                float kept = 1 - ramp;
                scaled[i] = 1 / ((float) factor * wave[i]) * (1 - kept) + 1 / wave[i] * kept;
            }
            return scaled;
        }

        /** The pair, as a fraction, that turns so many times in the original context. */
        private double bound(double turns, double theta, int dims) {
            return dims * Math.log(originalPositions / (turns * 2 * Math.PI)) / (2 * Math.log(theta));
        }
    }

    /**
     * LongRoPE (Ding et al. 2024). Each pair is divided by a factor of its own; rows longer than the original context
     * have other factors than shorter ones.
     *
     * @param magnitude factor on cosine and sine, at every length
     */
    record LongRope(List<Double> shortFactor, List<Double> longFactor, double magnitude, int originalPositions)
            implements RopeScaling {
        public LongRope {
            shortFactor = List.copyOf(shortFactor);
            longFactor = List.copyOf(longFactor);
        }

        @Override
        public float[] frequencies(float[] wave, double theta, long length) {
            List<Double> factors = length > originalPositions ? longFactor : shortFactor;
            float[] scaled = new float[wave.length];
            for (int i = 0; i < scaled.length; i++) {
                scaled[i] = 1 / (factors.get(i).floatValue() * wave[i]);
            }
            return scaled;
        }
    }
}
