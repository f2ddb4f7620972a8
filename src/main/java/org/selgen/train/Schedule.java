package org.selgen.train;

/**
 * Linear warm-up, then linear decay to 0.
 * <pre>
 *   rate(s) = peak · s / W                    for s &lt; W
 *             peak · (N − s) / max(1, N − W)  after, never below 0
 * </pre>
 * s counts optimizer steps from 0, so that the first one with a warm-up has the rate 0, as in transformers'
 * {@code get_linear_schedule_with_warmup}.
 *
 * @param peak highest rate
 * @param warmup W
 * @param steps N
 */
record Schedule(double peak, int warmup, int steps) {
    double rate(int step) {
        if (step < warmup) {
            return peak * step / Math.max(1, warmup);
        }
        return peak * Math.max(0, steps - step) / Math.max(1, steps - warmup);
    }
}
