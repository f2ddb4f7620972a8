package org.selgen.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Losses under a frozen head, some positions at a time, beside torch's own gradient of the whole. */
class HeadLossTest {
    private static final int N = 6;
    private static final int D = 4;
    private static final int V = 9;
    private static final double[] WEIGHTS = {1, -2, 3, 0.5, 0, 7};

    private final Random random = new Random(1);

    private Tensor random(int... shape) {
        float[] values = new float[shape[0] * shape[1]];
        for (int i = 0; i < values.length; i++) {
            values[i] = 2 * (float) random.nextGaussian();
        }
        return Tensor.of(values, shape[0], shape[1]).to(DType.F64);
    }

    /** Value of each position, and gradient of a sum in which each counts by another weight. */
    private static double[][] numbers(Tensor hidden, Function<Tensor, Tensor> loss) {
        Tensor leaf = hidden.leaf();
        Tensor values = loss.apply(leaf);
        Tensor weights = Tensor.of(WEIGHTS);
        Tensor gradient =
                Autograd.gradients(values.times(weights).sum(), List.of(leaf)).get(0);
        return new double[][] {values.doubles(), gradient.doubles()};
    }

    private static void close(double[][] some, double[][] all) {
        assertThat(some[0]).containsExactly(all[0], Offset.offset(1e-12));
        assertThat(some[1]).containsExactly(all[1], Offset.offset(1e-11));
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "5, 0", "6, 0", "7, 0", "1, 3", "4, 3", "9, 3"})
    void logProbabilitiesHaveTheGradientOfTheWhole(long rows, float cap) {
        try (Scope scope = Scope.open()) {
            Tensor hidden = random(N, D);
            Tensor head = random(V, D);
            Tensor targets = Tensor.of(new long[] {0, 8, 3, 3, 1, 5});
            double[][] whole = numbers(hidden, h -> Tensors.tokenLogProbs(h, head.leaf(), targets, cap, V));
            close(numbers(hidden, h -> Tensors.tokenLogProbs(h, head, targets, cap, rows)), whole);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "5, 0", "6, 0", "7, 0", "1, 3", "4, 3", "9, 3"})
    void theDivergenceHasTheGradientOfItsDefinition(long rows, float cap) {
        try (Scope scope = Scope.open()) {
            Tensor hidden = random(N, D);
            Tensor base = random(N, D);
            Tensor head = random(V, D);
            double[][] found = numbers(hidden, h -> Tensors.divergence(h, base, head, cap, rows));
            double[] h = hidden.doubles();
            for (int n = 0; n < N; n++) {
                assertThat(found[0][n]).isCloseTo(defined(h, base, head, cap, n), Offset.offset(1e-12));
                for (int i = n * D; i < (n + 1) * D; i++) {
                    assertThat(found[1][i])
                            .isCloseTo(WEIGHTS[n] * slope(h, i, base, head, cap, n), Offset.offset(1e-6));
                }
            }
        }
    }

    /** Central difference of the definition. */
    private static double slope(double[] h, int i, Tensor base, Tensor head, float cap, int n) {
        double step = 1e-5;
        double[] more = h.clone();
        double[] less = h.clone();
        more[i] += step;
        less[i] -= step;
        return (defined(more, base, head, cap, n) - defined(less, base, head, cap, n)) / (2 * step);
    }

    /** Σ_v p (log p − log q) at one position. */
    private static double defined(double[] hidden, Tensor base, Tensor head, float cap, int n) {
        double[] p = logProbs(hidden, head.doubles(), cap, n);
        double[] q = logProbs(base.doubles(), head.doubles(), cap, n);
        return IntStream.range(0, V)
                .mapToDouble(v -> Math.exp(p[v]) * (p[v] - q[v]))
                .sum();
    }

    private static double[] logProbs(double[] hidden, double[] head, float cap, int n) {
        double[] z = IntStream.range(0, V)
                .mapToDouble(v -> IntStream.range(0, D)
                        .mapToDouble(d -> hidden[n * D + d] * head[v * D + d])
                        .sum())
                .map(score -> cap > 0 ? cap * Math.tanh(score / cap) : score)
                .toArray();
        double whole = Math.log(Arrays.stream(z).map(Math::exp).sum());
        return Arrays.stream(z).map(score -> score - whole).toArray();
    }
}
