package org.selgen.lm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.Golden;
import org.selgen.tensor.Autograd;
import org.selgen.tensor.DType;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;

class ForwardGoldenTest {
    @ParameterizedTest
    @ValueSource(strings = {"gemma", "gemma2", "llama3", "qwen2", "qwen3", "qwen3_tied"})
    void logitsAndHiddenStatesEqualTransformers(String model) {
        Golden golden = Golden.open("forward/" + model + ".safetensors");
        try (Decoder lm = Decoder.open(Golden.path("models/" + model), DType.F32)) {
            for (String side : new String[] {"right", "left"}) {
                compare(golden, lm, side);
            }
        }
    }

    private static void compare(Golden golden, Decoder lm, String side) {
        Batch batch = Goldens.batch(golden, "input_ids_" + side, "attention_mask_" + side);
        double tolerance = golden.tolerance("fp32_abs");
        try (Scope scope = Scope.open()) {
            Forward forward = Autograd.off(() -> lm.forward(batch));
            close(forward.logits(), golden.floats("logits_" + side), batch, tolerance);
            for (int l = 0; golden.has("hidden_" + l + "_" + side); l++) {
                close(forward.hidden().get(l), golden.floats("hidden_" + l + "_" + side), batch, tolerance);
            }
        }
    }

    /** Compares at real tokens only. */
    private static void close(Tensor actual, float[] expected, Batch batch, double tolerance) {
        float[] values = actual.floats();
        assertThat(values).hasSameSizeAs(expected);
        int width = values.length / batch.ids().length;
        for (int i = 0; i < values.length; i++) {
            if (batch.attended()[i / width] == 1) {
                assertThat(values[i]).isCloseTo(expected[i], org.assertj.core.data.Offset.offset((float) tolerance));
            }
        }
    }
}
