package org.selgen.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.Golden;
import org.selgen.data.BadInput;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.lm.config.DecoderConfigJson;

class LoraConfigTest {
    @Test
    void theScaleDividesByTheRankOrItsRoot() {
        assertThat(new LoraConfig(16, 64, false, LoraConfig.TARGETS).scale()).isEqualTo(4);
        assertThat(new LoraConfig(16, 64, true, LoraConfig.TARGETS).scale()).isEqualTo(16);
    }

    @Test
    void aRankBelowOneIsRefused() {
        assertThatThrownBy(() -> new LoraConfig(0, 1, false, LoraConfig.TARGETS))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("lora.r is 0 but must be at least 1");
    }

    @ParameterizedTest
    @ValueSource(floats = {0, -1, Float.NaN, Float.POSITIVE_INFINITY})
    void aStrengthThatIsNoPositiveNumberIsRefused(float alpha) {
        assertThatThrownBy(() -> new LoraConfig(1, alpha, false, LoraConfig.TARGETS))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("lora.alpha is " + alpha);
    }

    @Test
    void targetsMustBeKnownAndStandOnce() {
        for (List<String> targets : List.of(List.<String>of(), List.of("lm_head"), List.of("q_proj", "q_proj"))) {
            assertThatThrownBy(() -> new LoraConfig(1, 1, false, targets))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("lora.targets is " + targets);
        }
    }

    @Test
    void aTargetThatTheModelLacksIsRefusedWithThoseItHas() {
        DecoderConfig fused = DecoderConfigJson.read(Golden.committed("families/models/phi3_longrope"));
        assertThat(LoraConfig.allLinear(fused)).containsExactly("qkv_proj", "o_proj", "gate_up_proj", "down_proj");
        assertThatThrownBy(() -> new LoraConfig(1, 1, false, List.of("o_proj", "q_proj")).check(fused))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(
                        "lora.targets has q_proj but a phi3 model has the linear layers [qkv_proj, o_proj");
    }

    @Test
    void layersThatTheModelLacksAndDropoutOfAllAreRefused() {
        DecoderConfig model = DecoderConfigJson.read(Golden.path("models/gemma"));
        LoraConfig ninth = new LoraConfig(1, 1, false, List.of("q_proj"), 0, List.of(0, 9));
        assertThatThrownBy(() -> ninth.check(model))
                .isInstanceOf(BadInput.class)
                .hasMessage("lora.layers has 9 but the model has the layers 0 to " + (model.layers() - 1)
                        + "; name some of those");
        assertThatThrownBy(() -> new LoraConfig(1, 1, false, LoraConfig.TARGETS, 0, List.of(1, 1)))
                .hasMessage(
                        "lora.layers is [1, 1] but must be numbers of decoder layers from 0 on, each once; change it");
        assertThatThrownBy(() -> new LoraConfig(1, 1, false, LoraConfig.TARGETS, 1, List.of()))
                .hasMessage("lora.dropout is 1 but must be between 0 and 0.999; change it");
    }
}
