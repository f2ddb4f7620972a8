package org.selgen.tensor;

import java.util.Arrays;
import java.util.function.Supplier;

/** Rates that {@linkplain Cores cores} of this process can reach at most, measured side by side. */
public final class PeakRates {
    private static final int SIDE = 2048;
    private static final int SHORT_SIDE = 512;
    private static final int REPEATS = 10;
    private static final int COPIED = 32 << 20; // elements a core, beyond any cache

    private PeakRates() {}

    /**
     * Best rate of float32 products of two 2048 × 2048 matrices, one on each core, in floating-point operations per
     * second.
     */
    public static double flops(int cores) {
        return flops(cores, SIDE);
    }

    /** The same of one core and 512 × 512, in some hundredths of a second: within a fifth of it where nothing else runs. */
    public static double flopsAtOnce() {
        return flops(1, SHORT_SIDE);
    }

    private static double flops(int cores, int side) {
        return best(cores, 2.0 * side * side * side, () -> {
            Tensor a = Tensor.zeros(DType.F32, side, side).plus(Tensor.scalar(0.5f));
            return () -> a.matmul(a);
        });
    }

    /** Best rate of copies of 128 MB, one on each core, in bytes read and written per second. */
    public static double bytes(int cores) {
        return best(cores, 2.0 * COPIED * Float.BYTES, () -> {
            Tensor from = Tensor.zeros(DType.F32, COPIED);
            Tensor to = Tensor.zeros(DType.F32, COPIED);
            return () -> to.assign(from);
        });
    }

    /**
     * The best rates of the cores, added.
     *
     * @param amount of one go on one core
     * @param go makes ready, and gives what is timed
     */
    private static double best(int cores, double amount, Supplier<Runnable> go) {
        double[] rates = new double[cores];
        Cores.each(rates.length, core -> {
            try (Scope scope = Scope.open()) {
                Runnable timed = go.get();
                for (int i = 0; i < REPEATS; i++) {
                    try (Scope result = Scope.open()) {
                        long began = System.nanoTime();
                        timed.run();
                        rates[core] = Math.max(rates[core], amount / ((System.nanoTime() - began) / 1e9));
                    }
                }
            }
        });
        return Arrays.stream(rates).sum();
    }
}
