package org.selgen.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplingTest {
    private static final int ROWS = 200;
    private static final int TOKENS = 50;

    /** Logits of few values, so that many tokens are equally probable. */
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 0.9", "3, 1", "3, 0.5", "0.3, 0.95", "1, 0.01"})
    void theMostProbableTokensTellWhatAllOfThemWould(float temperature, float topP) {
        Random random = new Random(1);
        float[] logits = new float[ROWS * TOKENS];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = random.nextInt(12) / 2f;
        }
        float[] uniforms = new float[ROWS];
        for (int i = 0; i < ROWS; i++) {
            uniforms[i] = random.nextInt(1 << 24) / (float) (1 << 24);
        }
        try (Scope scope = Scope.open()) {
            Tensor rows = Tensor.of(logits, ROWS, TOKENS);
            Tensor draws = Tensor.of(uniforms);
            long[] all = Tensors.sample(rows, draws, temperature, topP, TOKENS).longs();
            for (long sorted : new long[] {1, 3, 8, 49}) {
                assertThat(Tensors.sample(rows, draws, temperature, topP, sorted)
                                .longs())
                        .as("of the " + sorted + " most probable")
                        .isEqualTo(all);
            }
            for (int row = 0; row < ROWS; row++) {
                assertThat(all[row]).isEqualTo(drawn(logits, row, uniforms[row], temperature, topP));
            }
        }
    }

    /** By the definition: sorted, summed from the top until {@code topP} is reached, and the draw looked up. */
    private static long drawn(float[] logits, int row, double uniform, double temperature, double topP) {
        double[] weights = IntStream.range(0, TOKENS)
                .mapToDouble(t -> Math.exp(logits[row * TOKENS + t] / temperature))
                .toArray();
        double whole = IntStream.range(0, TOKENS).mapToDouble(t -> weights[t]).sum();
        int[] order = IntStream.range(0, TOKENS)
                .boxed()
                .sorted((a, b) -> Double.compare(weights[b], weights[a]))
                .mapToInt(Integer::intValue)
                .toArray();
        int kept = 0;
        double mass = 0;
        while (kept < TOKENS && (kept == 0 || mass < topP - 1e-9)) {
            mass += weights[order[kept++]] / whole;
        }
        double sum = 0;
        for (int i = 0; i < kept; i++) {
            sum += weights[order[i]] / whole;
            if (sum > uniform * mass) {
                return order[i];
            }
        }
        return order[kept - 1];
    }
}
