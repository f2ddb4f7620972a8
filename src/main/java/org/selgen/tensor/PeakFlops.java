package org.selgen.tensor;

/** The peak rate of the machine, measured with a large matrix product. */
public final class PeakFlops {
    private static final int SIDE = 2048;
    private static final int REPEATS = 5;

    private PeakFlops() {}

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
}
