package org.selgen.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TensorTest {
    @Test
    void gradientOfASumOfSquaresIsTwiceTheValues() {
        try (Scope scope = Scope.open()) {
            Tensor x = Tensor.of(new float[] {1, -2, 3}).leaf();
            Tensor g = Autograd.gradients(x.square().sum(), List.of(x)).get(0);
            assertThat(g.floats()).containsExactly(2, -4, 6);
        }
    }
}
