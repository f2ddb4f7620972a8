package org.selgen.lm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
            Goldens.closeWhereReal("logits_" + side, forward.logits(), golden, batch, tolerance);
            for (int l = 0; golden.has("hidden_" + l + "_" + side); l++) {
                Goldens.closeWhereReal(
                        "hidden_" + l + "_" + side, forward.hidden().get(l), golden, batch, tolerance);
            }
        }
    }

    @Test
    void bf16WeightsAreReadExactly() {
        Golden golden = Golden.open("forward/gemma_bf16.safetensors");
        Batch batch = Goldens.batch(golden, "input_ids_right", "attention_mask_right");
        double tolerance = golden.tolerance("logits_bf16weights_fp32compute");
        try (Decoder lm = Decoder.open(Golden.path("models/gemma_bf16"), DType.F32);
                Scope scope = Scope.open()) {
            Tensor logits = Autograd.off(() -> lm.forward(batch).logits());
            Goldens.closeWhereReal("logits_bf16weights_fp32compute", logits, golden, batch, tolerance);
        }
    }

    @Test
    void computingInBf16StaysNearTransformersInBf16() {
        Golden golden = Golden.open("forward/gemma_bf16.safetensors");
        Batch batch = Goldens.batch(golden, "input_ids_right", "attention_mask_right");
        try (Decoder lm = Decoder.open(Golden.path("models/gemma_bf16"), DType.BF16);
                Scope scope = Scope.open()) {
            Tensor logits = Autograd.off(() -> lm.forward(batch).logits());
            Goldens.closeWhereReal("logits_bf16compute", logits, golden, batch, 0.15);
        }
    }

    @Test
    void hiddenActGeluIsTheExactGeluAsInCurrentTransformers(@TempDir Path folder) throws IOException {
        Golden golden = Golden.open("forward/gemma_legacy_act.safetensors");
        Batch batch = Goldens.batch(golden, "input_ids", "attention_mask");
        for (String file : List.of("config.json", "model.safetensors")) {
            Files.copy(Golden.path("models/gemma/" + file), folder.resolve(file));
        }
        String config = Files.readString(folder.resolve("config.json"));
        Files.writeString(
                folder.resolve("config.json"),
                config.replace("\"hidden_act\": \"gelu_pytorch_tanh\"", "\"hidden_act\": \"gelu\""));
        try (Decoder lm = Decoder.open(folder, DType.F32);
                Scope scope = Scope.open()) {
            Tensor logits = Autograd.off(() -> lm.forward(batch).logits());
            Goldens.closeWhereReal("logits_exact_gelu", logits, golden, batch, golden.tolerance("fp32_abs"));
        }
    }
}
