package org.selgen.tensor;

/** Rates that the machine can reach at most, measured in this thread. */
public final class PeakRates {
    private static final int SIDE = 2048;
    private static final int REPEATS = 5;

    private static final int COPIED = 64 << 20; // elements, beyond any cache

    private PeakRates() {}

    /**
     * Best rate of a float32 product of two 2048 × 2048 matrices in this thread, in floating-point operations per
     * second.
     */
    public static double flops() {
        double best = 0;
        for (int i = 0; i < REPEATS; i++) {
            try (Scope scope = Scope.open()) {
                Tensor a = Tensor.zeros(DType.F32, SIDE, SIDE).plus(Tensor.scalar(0.5f));
                long began = System.nanoTime();
                a.matmul(a);
                best = Math.max(best, 2.0 * SIDE * SIDE * SIDE / ((System.nanoTime() - began) / 1e9));
            }
        }
        return best;
    }

    /** Best rate of a copy of 256 MB, in bytes read and written per second. */
    public static double bytes() {
        double best = 0;
        try (Scope scope = Scope.open()) {
            Tensor from = Tensor.zeros(DType.F32, COPIED);
            Tensor to = Tensor.zeros(DType.F32, COPIED);
            for (int i = 0; i < REPEATS; i++) {
                long began = System.nanoTime();
                to.assign(from);
                best = Math.max(best, 2.0 * COPIED * Float.BYTES / ((System.nanoTime() - began) / 1e9));
            }
        }
        return best;
    }
}
