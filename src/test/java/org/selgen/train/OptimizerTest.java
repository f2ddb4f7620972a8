package org.selgen.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.Golden;
import org.selgen.data.BadInput;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.Tensors;
import org.selgen.train.optimizer.Adamw;
import org.selgen.train.optimizer.Lion;
import org.selgen.train.optimizer.Muon;
import org.selgen.train.optimizer.Optimizer;
import org.selgen.train.optimizer.OptimizerState;
import org.selgen.train.optimizer.Sgd;

class OptimizerTest {
    private static final Offset<Float> ROUNDING = Offset.offset(1e-6f);

    @Test
    void fiveStepsOfAdamwEqualTorch() {
        Golden golden = Golden.open("adamw/pure.safetensors");
        List<String> names = golden.names().stream()
                .filter(n -> n.startsWith("init/"))
                .map(n -> n.substring(5))
                .toList();
        try (Scope scope = Scope.open()) {
            List<Tensor> parameters = all(golden, "init/", names);
            try (OptimizerState optimizer = new OptimizerState(Adamw.USUAL, parameters, 0.01)) {
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

    @ParameterizedTest
    @ValueSource(strings = {"sgd", "sgd-plain", "adamw-fast"})
    void stepsEqualTorchWhateverTheKnobs(String which) {
        JsonNode golden = Golden.json(Golden.committed("optimizer/torch.json"));
        Optimizer rule = switch (which) {
            case "sgd" -> new Sgd(0.9);
            case "sgd-plain" -> new Sgd(0);
            default -> new Adamw(0.8, 0.95, 1e-6);
        };
        try (Scope scope = Scope.open()) {
            Tensor parameter = Tensor.of(floats(golden.get("initial")), 2, 3);
            try (OptimizerState optimizer = new OptimizerState(rule, List.of(parameter), 0.1)) {
                for (int s = 0; s < 3; s++) {
                    optimizer.step(
                            List.of(Tensor.of(floats(golden.get("gradients").get(s)), 2, 3)), 0.05);
                    assertThat(parameter.floats())
                            .as("step %d", s + 1)
                            .containsExactly(floats(golden.get(which).get(s)), ROUNDING);
                }
            }
        }
    }

    private static float[] floats(JsonNode numbers) {
        float[] floats = new float[numbers.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = numbers.get(i).floatValue();
        }
        return floats;
    }

    /** Two steps by hand: u = sign(0.5 m + 0.5 g), then m ← 0.9 m + 0.1 g. */
    @Test
    void lionStepsByTheSignOfItsMomentum() {
        try (Scope scope = Scope.open()) {
            Tensor parameter = Tensor.of(new float[] {1, 1, 1}, 1, 3);
            try (OptimizerState optimizer = new OptimizerState(new Lion(0.5, 0.9), List.of(parameter), 0.5)) {
                optimizer.step(List.of(Tensor.of(new float[] {4, -4, 0}, 1, 3)), 0.1);
                assertThat(parameter.floats()).containsExactly(new float[] {0.85f, 1.05f, 0.95f}, ROUNDING);
                // m = (0.4, -0.4, 0): the sum of m and g is positive, then negative, then positive
                optimizer.step(List.of(Tensor.of(new float[] {-0.3f, 0.3f, 2}, 1, 3)), 0.1);
                assertThat(parameter.floats())
                        .containsExactly(
                                new float[] {0.85f * 0.95f - 0.1f, 1.05f * 0.95f + 0.1f, 0.95f * 0.95f - 0.1f},
                                ROUNDING);
            }
        }
    }

    /** Of a diagonal matrix the iteration works on each singular value alone: x ← a x + b x³ + c x⁵. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void muonTurnsSingularValuesIntoOnesAlmost(int rows) {
        float[] gradient = rows == 2 ? new float[] {3, 0, 0, 0, 0.5f, 0} : new float[] {3, 0, 0, 0.5f, 0, 0};
        try (Scope scope = Scope.open()) {
            Tensor parameter = Tensor.of(new float[6], rows, 5 - rows);
            try (OptimizerState optimizer = new OptimizerState(new Muon(0.9, 5), List.of(parameter), 0)) {
                optimizer.step(List.of(Tensor.of(gradient, rows, 5 - rows)), 0.1);
            }
            double size = Math.sqrt(9.25);
            double step = 0.1 * 0.2 * Math.sqrt(3);
            float[] expected = new float[6];
            expected[0] = (float) (-step * iterated(3 / size));
            expected[rows == 2 ? 4 : 3] = (float) (-step * iterated(0.5 / size));
            assertThat(parameter.floats()).containsExactly(expected, ROUNDING);
            assertThat(iterated(0.5 / size)).isBetween(0.65, 1.25);
        }
    }

    private static double iterated(double x) {
        double y = x;
        for (int i = 0; i < 5; i++) {
            y = 3.4445 * y - 4.775 * Math.pow(y, 3) + 2.0315 * Math.pow(y, 5);
        }
        return y;
    }

    @Test
    void knobsOutOfBoundsAreRefusedByName() {
        assertThatThrownBy(() -> TestTraining.with("optimizer: {sgd: {momentum: 1}}"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("training.optimizer.sgd.momentum is 1 but must be between 0 and 0.999999");
        assertThatThrownBy(() -> TestTraining.with("optimizer: {muon: {steps: 0}}"))
                .hasMessageContaining("training.optimizer.muon.steps is 0 but must be between 1 and 20");
        assertThatThrownBy(() -> TestTraining.with("optimizer: adam"))
                .hasMessageContaining("did you mean 'adamw'? Known: adamw, sgd, lion, muon");
        assertThatThrownBy(() -> TestTraining.with("spectral: -1"))
                .hasMessageContaining("training.spectral is -1 but must be between 0 and");
    }

    @Test
    void clippingScalesToTheBoundAndLeavesSmallGradientsAlone() {
        try (Scope scope = Scope.open()) {
            List<Tensor> gradients = List.of(Tensor.of(new float[] {3}), Tensor.of(new float[] {4}));
            double norm = Tensors.globalNorm(gradients).item();
            assertThat(norm).isEqualTo(5);
            assertThat(Tensors.globalNorm(OptimizerState.clipped(gradients, norm, 1))
                            .item())
                    .isCloseTo(1, Offset.offset(1e-6));
            assertThat(OptimizerState.clipped(gradients, norm, 6)).isSameAs(gradients);
            assertThat(OptimizerState.clipped(gradients, norm, 0)).isSameAs(gradients);
        }
    }
}
