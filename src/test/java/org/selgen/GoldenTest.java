package org.selgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;

class GoldenTest {
    @Test
    void readsFloatsOfAFixture() {
        Golden golden = Golden.open("forward/gemma.safetensors");
        assertThat(golden.shape("attention_mask_left")).containsExactly(3, 14);
        assertThat(golden.floats("logits_right")).hasSize(3 * 14 * 320).doesNotContain(Float.NaN);
    }

    @Test
    void readsMasksAsZeroAndOne() {
        assertThat(Golden.open("forward/gemma.safetensors").longs("attention_mask_left"))
                .containsOnly(0, 1);
    }

    @Test
    void widensBfloat16ToWithinItsPrecision() {
        float[] wide = Golden.open("models/gemma/model.safetensors").floats("model.norm.weight");
        float[] narrow = Golden.open("models/gemma_bf16/model.safetensors").floats("model.norm.weight");
        for (int i = 0; i < wide.length; i++) {
            assertThat(narrow[i]).isCloseTo(wide[i], withinPercentage(0.4));
        }
    }

    @Test
    void knowsTheManifestsTolerance() {
        assertThat(Golden.open("forward/gemma.safetensors").tolerance("fp32_abs"))
                .isEqualTo(1e-4);
        assertThat(Golden.open("adamw/one_step.safetensors").tolerance("after_abs"))
                .isEqualTo(1e-6);
    }
}
