package org.selgen.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DropoutTest {
    private static final int TOKENS = 64;
    private static final int WIDTH = 256;
    private static final Dropout QUARTER = new Dropout(0.25f, 7, 1);

    private static long[] tokens(Dropout dropout) {
        long[] ids = IntStream.range(0, TOKENS).mapToLong(i -> i % 5).toArray();
        long[] attended = new long[TOKENS];
        Arrays.fill(attended, 1);
        return dropout.tokens(ids, attended, 2);
    }

    private static long[] drops(Dropout dropout, int layer) {
        return new long[] {dropout.threshold(), layer, 0, 1, 2, 3, 4, 5, 6};
    }

    /** Ones of which some are dropped. */
    private static float[] ones(Dropout dropout, int layer, int slot) {
        try (Scope scope = Scope.open()) {
            float[] ones = new float[TOKENS * WIDTH];
            Arrays.fill(ones, 1);
            return Tensor.call(
                            "dropped",
                            Tensor.of(ones, TOKENS, WIDTH),
                            Tensor.of(tokens(dropout)),
                            drops(dropout, layer),
                            (long) slot)
                    .floats();
        }
    }

    private static double equal(float[] one, float[] other) {
        return IntStream.range(0, one.length).filter(i -> one[i] == other[i]).count() / (double) one.length;
    }

    @Test
    void aShareIsDroppedAndTheRestGrowsSoThatTheMeanStays() {
        float[] some = ones(QUARTER, 0, 0);
        for (float each : some) {
            assertThat(each).isIn(0f, 4 / 3f);
        }
        double mean = IntStream.range(0, some.length)
                .mapToDouble(i -> some[i])
                .average()
                .orElseThrow();
        double deviation = Math.sqrt(0.25 / 0.75 / some.length);
        assertThat(mean).isCloseTo(1, Offset.offset(4 * deviation));
    }

    /** Independent masks are alike in 0.75² + 0.25² of their places. */
    @Test
    void layersModulesStepsSeedsAndTokensDropIndependently() {
        float[] mask = ones(QUARTER, 0, 0);
        Offset<Double> deviations = Offset.offset(4 * Math.sqrt(0.625 * 0.375 / mask.length));
        assertThat(equal(mask, ones(QUARTER, 0, 0))).isEqualTo(1);
        assertThat(equal(mask, ones(QUARTER, 1, 0))).isCloseTo(0.625, deviations);
        assertThat(equal(mask, ones(QUARTER, 0, 1))).isCloseTo(0.625, deviations);
        assertThat(equal(mask, ones(QUARTER.inStep(2), 0, 0))).isCloseTo(0.625, deviations);
        assertThat(equal(mask, ones(new Dropout(0.25f, 8, 1), 0, 0))).isCloseTo(0.625, deviations);
        float[] next = new float[mask.length];
        System.arraycopy(mask, WIDTH, next, 0, mask.length - WIDTH);
        System.arraycopy(mask, 0, next, mask.length - WIDTH, WIDTH);
        assertThat(equal(mask, next)).isCloseTo(0.625, deviations);
    }

    @Test
    void paddingAndOtherRowsChangeNoTokensNumber() {
        long[] alone = QUARTER.tokens(new long[] {3, 4, 5}, new long[] {1, 1, 1}, 1);
        long[] padded = QUARTER.tokens(new long[] {9, 8, 7, 6, 3, 4, 5, 0}, new long[] {1, 1, 1, 1, 1, 1, 1, 0}, 2);
        assertThat(Arrays.copyOfRange(padded, 4, 7)).containsExactly(alone);
        long[] left = QUARTER.tokens(new long[] {0, 3, 4, 5}, new long[] {0, 1, 1, 1}, 1);
        assertThat(Arrays.copyOfRange(left, 1, 4)).containsExactly(alone);
    }

    /** As PEFT has it: W x + s · B A dropout(x). */
    @Test
    void theAdaptersInputAloneIsDropped() {
        try (Scope scope = Scope.open()) {
            Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
            Tensor w = Tensor.of(new float[] {1, 1, 1}, 1, 3);
            Tensor a = Tensor.of(new float[] {1, 10, 100}, 1, 3);
            Tensor b = Tensor.of(new float[] {2}, 1, 1);
            long[] rows = QUARTER.tokens(new long[] {1, 2}, new long[] {1, 1}, 1);
            float[] left = Tensor.call("dropped", x, Tensor.of(rows), drops(QUARTER, 3), 2L)
                    .floats();
            float[] y = Tensor.call(
                            "projection", x, w, Tensor.none(), a, b, 0.5, Tensor.of(rows), drops(QUARTER, 3), 2L)
                    .floats();
            for (int t = 0; t < 2; t++) {
                float expected = left[3 * t] + 10 * left[3 * t + 1] + 100 * left[3 * t + 2];
                assertThat(y[t]).isCloseTo(6 + 9 * t + expected, Offset.offset(1e-3f));
            }
        }
    }
}
