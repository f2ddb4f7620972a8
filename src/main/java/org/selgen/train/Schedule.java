package org.selgen.train;

/**
 * Linear warm-up, then a fall to 0 or none.
 * <pre>
 *   rate(s) = peak · s / W                     for s &lt; W
 *             peak · (N − s) / max(1, N − W)   after: linear
 *             peak · (1 + cos(π u)) / 2        after: cosine, u = (s − W) / max(1, N − W)
 *             peak                             after: constant
 * </pre>
 * s counts optimizer steps from 0, so that the first one with a warm-up has the rate 0, as in transformers'
 * {@code get_linear_schedule_with_warmup}, {@code get_cosine_schedule_with_warmup} and {@code
 * get_constant_schedule_with_warmup}. Never below 0.
 *
 * @param peak highest rate
 * @param warmup W
 * @param steps N
 * @param shape what follows the warm-up
 */
public record Schedule(double peak, int warmup, int steps, Shape shape) {
    /** What the rate does after the warm-up. */
    public enum Shape {
        LINEAR,
        COSINE,
        CONSTANT
    }

    double rate(int step) {
        if (step < warmup) {
            return peak * step / Math.max(1, warmup);
        }
        int left = Math.max(0, steps - step);
        int fall = Math.max(1, steps - warmup);
        return switch (shape) {
            case LINEAR -> peak * left / fall;
            case COSINE -> peak * (1 + Math.cos(Math.PI * Math.min(1, (double) (step - warmup) / fall))) / 2;
            case CONSTANT -> peak;
        };
    }
}
