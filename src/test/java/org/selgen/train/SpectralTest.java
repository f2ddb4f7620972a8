package org.selgen.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.selgen.tensor.Autograd;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.Tensors;

class SpectralTest {
    private static final float[] A = {1, 0.5f, -0.2f, 0.3f, -1, 0.7f};
    private static final float[] B = {0.4f, -0.6f, 1.1f, 0.2f};

    private static double uneven(float[] a, float[] b) {
        try (Scope scope = Scope.open()) {
            return Tensors.spectral(List.of(Tensor.of(a, 2, 3), Tensor.of(b, 2, 2)))
                    .item();
        }
    }

    /** σ = 2, 1 of the first pair: 1 − 25/17/2; σ = 3, 3 of the second: 0. */
    @Test
    void itIsTheMeanOverPairsOfOneLessTheShareOfDirections() {
        try (Scope scope = Scope.open()) {
            Tensor one = Tensor.of(new float[] {1, 0, 0, 1}, 2, 2);
            Tensor uneven = Tensor.of(new float[] {2, 0, 0, 1}, 2, 2);
            Tensor even = Tensor.of(new float[] {0, 3, 3, 0}, 2, 2);
            assertThat(Tensors.spectral(List.of(one, uneven, even, one)).item())
                    .isCloseTo((1 - 25 / 34.0) / 2, Offset.offset(1e-6));
        }
    }

    @Test
    void neitherScaleNorATurnOfTheRanksChangesIt() {
        double before = uneven(A, B);
        float[] larger = new float[A.length];
        for (int i = 0; i < A.length; i++) {
            larger[i] = 5 * A[i];
        }
        assertThat(uneven(larger, B)).isCloseTo(before, Offset.offset(1e-5));
        float[] turnedA = {-A[3], -A[4], -A[5], A[0], A[1], A[2]}; // Q A and B Qᵀ, Q a quarter turn
        float[] turnedB = {-B[1], B[0], -B[3], B[2]};
        assertThat(uneven(turnedA, turnedB)).isCloseTo(before, Offset.offset(1e-5));
    }

    @Test
    void itsGradientIsThatOfFiniteDifferences() {
        try (Scope scope = Scope.open()) {
            Tensor a = Tensor.of(A, 2, 3).leaf();
            Tensor b = Tensor.of(B, 2, 2).leaf();
            List<Tensor> gradients = Autograd.gradients(Tensors.spectral(List.of(a, b)), List.of(a, b));
            float step = 1e-2f;
            for (int i = 0; i < B.length; i++) {
                float[] more = B.clone();
                float[] less = B.clone();
                more[i] += step;
                less[i] -= step;
                double slope = (uneven(A, more) - uneven(A, less)) / (2 * step);
                assertThat((double) gradients.get(1).floats()[i]).isCloseTo(slope, Offset.offset(1e-3));
            }
        }
    }

    @Test
    void aFreshAdapterHasNoGradient() {
        try (Scope scope = Scope.open()) {
            Tensor a = Tensor.of(A, 2, 3).leaf();
            Tensor b = Tensor.of(new float[4], 2, 2).leaf();
            assertThat(Autograd.gradients(Tensors.spectral(List.of(a, b)), List.of(a, b))
                            .get(1)
                            .floats())
                    .containsOnly(0);
        }
    }
}
