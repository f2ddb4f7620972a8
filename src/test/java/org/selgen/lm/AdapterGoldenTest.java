package org.selgen.lm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selgen.Golden;
import org.selgen.tensor.Autograd;
import org.selgen.tensor.DType;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;

class AdapterGoldenTest {
    @ParameterizedTest
    @CsvSource({
        "gemma,gemma_lora",
        "gemma,gemma_rslora",
        "qwen3,qwen3_lora",
        "qwen3,qwen3_rslora",
        "qwen3,qwen3_pattern"
    })
    void logitsUnderAnAdapterEqualPeft(String model, String name) {
        Golden golden = Golden.open("peft/" + name + "/expected.safetensors");
        Batch batch = Goldens.learnt(golden, "input_ids_right", "attention_mask_right", "labels_right");
        try (Decoder base = Decoder.open(Golden.path("models/" + model), DType.F32);
                Adapter adapter = Adapter.read(Golden.path("peft/" + name), base.config());
                Scope scope = Scope.open()) {
            Forward forward = Autograd.off(() -> base.with(adapter).forward(batch));
            Goldens.closeWhereReal("logits_adapter", forward.logits(), golden, batch, golden.tolerance("fp32_abs"));
            Tensor off =
                    Autograd.off(() -> base.with(adapter).base().forward(batch).logits());
            Goldens.closeWhereReal("logits_base", off, golden, batch, golden.tolerance("fp32_abs"));
            Goldens.close("loss_adapter", forward.crossEntropy(), golden, golden.tolerance("fp32_abs"), 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"gemma,gemma_lora", "qwen3,qwen3_rslora", "qwen3,qwen3_pattern"})
    void anAdapterInTheWeightsChangesRoundingAlone(String model, String name) {
        Golden golden = Golden.open("peft/" + name + "/expected.safetensors");
        Batch batch = Goldens.learnt(golden, "input_ids_right", "attention_mask_right", "labels_right");
        try (Decoder base = Decoder.open(Golden.path("models/" + model), DType.F64);
                Adapter adapter = Adapter.read(Golden.path("peft/" + name), base.config());
                Scope scope = Scope.open()) {
            Decoder merged = base.with(adapter).merged(scope);
            assertThat(merged.adapter().pairs()).isEmpty();
            double[] apart = Autograd.off(
                            () -> base.with(adapter).forward(batch).logits())
                    .doubles();
            double[] together =
                    Autograd.off(() -> merged.forward(batch).logits()).doubles();
            assertThat(together).containsExactly(apart, Offset.offset(5e-5)); // products of the adapter are float32
            assertThat(Autograd.off(() -> merged.base().forward(batch).logits()).doubles())
                    .as("the reference model is the base model still")
                    .isEqualTo(Autograd.off(() -> base.forward(batch).logits()).doubles());
        }
    }

    @Test
    void inBfloat16NothingIsMerged() {
        try (Decoder base = Decoder.open(Golden.path("models/gemma"), DType.BF16);
                Adapter adapter = Adapter.read(Golden.path("peft/gemma_lora"), base.config());
                Scope scope = Scope.open()) {
            Decoder adapted = base.with(adapter);
            assertThat(adapted.merged(scope)).isSameAs(adapted);
        }
    }

    @ParameterizedTest
    @CsvSource({"gemma,gemma_lora", "qwen3,qwen3_rslora"})
    void aWrittenAdapterIsReadBackBitForBit(String model, String name, @TempDir Path folder) {
        try (Decoder base = Decoder.open(Golden.path("models/" + model), DType.F32);
                Adapter adapter = Adapter.read(Golden.path("peft/" + name), base.config())) {
            PeftConfig config = AdapterFiles.read(Golden.path("peft/" + name), base.config())
                    .config();
            adapter.write(folder, config);
            try (Adapter again = Adapter.read(folder, base.config())) {
                assertThat(again.names()).isEqualTo(adapter.names());
                List<Tensor> before = adapter.parameters();
                for (int i = 0; i < before.size(); i++) {
                    assertThat(again.parameters().get(i).floats())
                            .isEqualTo(before.get(i).floats());
                }
            }
        }
    }
}
