package org.selgen.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.selgen.Golden;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.Tensors;

class AdamWTest {
    @Test
    void fiveStepsEqualTorch() {
        Golden golden = Golden.open("adamw/pure.safetensors");
        List<String> names = golden.names().stream()
                .filter(n -> n.startsWith("init/"))
                .map(n -> n.substring(5))
                .toList();
        try (Scope scope = Scope.open()) {
            List<Tensor> parameters = all(golden, "init/", names);
            try (AdamW optimizer = new AdamW(parameters, 0.9, 0.999, 0.01)) {
                for (int s = 0; s < 5; s++) {
                    optimizer.step(all(golden, "grad" + s + "/", names), 1e-3);
                    for (int i = 0; i < names.size(); i++) {
                        assertThat(parameters.get(i).floats())
                                .as("step %d %s", s + 1, names.get(i))
                                .containsExactly(
                                        golden.floats("after" + (s + 1) + "/" + names.get(i)),
                                        Offset.offset((float) golden.tolerance("abs")));
                    }
                }
            }
        }
    }

    private static List<Tensor> all(Golden golden, String prefix, List<String> names) {
        List<Tensor> tensors = new ArrayList<>();
        names.forEach(n -> tensors.add(Tensor.of(golden.floats(prefix + n), golden.shape(prefix + n))));
        return tensors;
    }

    @Test
    void clippingScalesToTheBoundAndLeavesSmallGradientsAlone() {
        try (Scope scope = Scope.open()) {
            List<Tensor> gradients = List.of(Tensor.of(new float[] {3}), Tensor.of(new float[] {4}));
            double norm = Tensors.globalNorm(gradients).item();
            assertThat(norm).isEqualTo(5);
            assertThat(Tensors.globalNorm(AdamW.clipped(gradients, norm, 1)).item())
                    .isCloseTo(1, Offset.offset(1e-6));
            assertThat(AdamW.clipped(gradients, norm, 6)).isSameAs(gradients);
            assertThat(AdamW.clipped(gradients, norm, 0)).isSameAs(gradients);
        }
    }

    @Test
    void theRateGrowsFromZeroAndFallsToZero() {
        Golden golden = Golden.open("adamw/sft5.safetensors");
        float[] rates = golden.floats("lrs");
        Schedule schedule = new Schedule(1e-3, 2, 5);
        for (int s = 0; s < rates.length; s++) {
            assertThat((float) schedule.rate(s)).isCloseTo(rates[s], Offset.offset(1e-9f));
        }
    }
}
