package org.selgen.lm;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.Golden;
import org.selgen.tensor.Autograd;
import org.selgen.tensor.DType;
import org.selgen.tensor.Scope;

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
            Goldens.closeWhereReal("logits_" + side, forward.logits(), golden, batch, tolerance);
            for (int l = 0; golden.has("hidden_" + l + "_" + side); l++) {
                Goldens.closeWhereReal(
                        "hidden_" + l + "_" + side, forward.hidden().get(l), golden, batch, tolerance);
            }
        }
    }
}
