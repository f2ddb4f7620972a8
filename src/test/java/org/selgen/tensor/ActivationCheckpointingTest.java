package org.selgen.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ActivationCheckpointingTest {
    private final AtomicInteger passes = new AtomicInteger();

    /** y = x · θ, and of another one y = x · (2 θ), through which the gradient of θ is twice as large. */
    private Tensor pass(Tensor x, Tensor[] parameters) {
        passes.incrementAndGet();
        return x.times(parameters[0]);
    }

    @Test
    void eachSegmentIsComputedAgainOnceAndGradientsAreThoseOfTheChain() {
        try (Scope scope = Scope.open();
                ActivationCheckpointing pass = ActivationCheckpointing.open()) {
            Tensor a = Tensor.scalar(3).leaf();
            Tensor b = Tensor.scalar(5).leaf();
            Tensor x = Tensor.scalar(7);
            Tensor first = ActivationCheckpointing.output(this::pass, x, new Tensor[] {a});
            Tensor second = ActivationCheckpointing.output(this::pass, first, new Tensor[] {b.times(2)});
            assertThat(passes).hasValue(2);
            Tensor loss = second.plus(first.times(first)).plus(a); // 2abx + a²x² + a
            List<Tensor> gradients = pass.gradients(loss, List.of(a, b));
            assertThat(passes).hasValue(4);
            assertThat(gradients.get(0).item()).isEqualTo(2 * 5 * 7 + 2 * 3 * 49 + 1);
            assertThat(gradients.get(1).item()).isEqualTo(2 * 3 * 7);
        }
    }

    @Test
    void withoutGradientsOrOutsideOfItNothingIsRecorded() {
        try (Scope scope = Scope.open()) {
            Tensor a = Tensor.scalar(3).leaf();
            Tensor outside = ActivationCheckpointing.output(this::pass, Tensor.scalar(7), new Tensor[] {a});
            assertThat(Autograd.gradients(outside, List.of(a)).get(0).item()).isEqualTo(7);
            try (ActivationCheckpointing pass = ActivationCheckpointing.open()) {
                Tensor off = Autograd.off(
                        () -> ActivationCheckpointing.output(this::pass, Tensor.scalar(7), new Tensor[] {a}));
                assertThat(off.item()).isEqualTo(21);
                assertThat(pass.gradients(a.times(2), List.of(a)).get(0).item()).isEqualTo(2);
                assertThat(passes).hasValue(2);
            }
        }
    }
}
