package org.selgen.lm.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selgen.Golden;
import org.selgen.data.BadInput;
import org.selgen.file.JsonFile;

class DecoderConfigTest {
    @Test
    void gemmaScalesEmbeddingsAndNorms() {
        DecoderConfig gemma = golden("gemma");
        assertThat(gemma.embedScale()).isEqualTo(8);
        assertThat(gemma.normPlusOne()).isTrue();
        assertThat(gemma.tied()).isTrue();
        assertThat(gemma.activation()).isEqualTo(Activation.GELU_TANH);
        assertThat(gemma.queryScale()).isEqualTo(1 / Math.sqrt(32), within(1e-12));
    }

    @Test
    void gemma2CapsAndSlidesOnEvenLayers() {
        DecoderConfig gemma2 = golden("gemma2");
        assertThat(gemma2.attnSoftcap()).isEqualTo(5.0);
        assertThat(gemma2.logitSoftcap()).isEqualTo(6.0);
        assertThat(gemma2.queryScale()).isEqualTo(1 / Math.sqrt(24), within(1e-12));
        assertThat(IntStream.range(0, 4).map(layer -> gemma2.window(layer).orElse(0)))
                .containsExactly(5, 0, 5, 0);
        assertThat(edited("gemma2", "layer_types", null)).isEqualTo(gemma2);
    }

    @Test
    void qwenSlidesOnlyWhenToldTo() {
        assertThat(golden("qwen3").window(2)).isEmpty();
        ObjectNode json = json("qwen3");
        json.remove("layer_types");
        json.put("use_sliding_window", true).put("sliding_window", 7).put("max_window_layers", 2);
        DecoderConfig sliding = DecoderConfigJson.parse(json, "config.json");
        assertThat(IntStream.range(0, 3).map(layer -> sliding.window(layer).orElse(0)))
                .containsExactly(0, 0, 7);
    }

    @Test
    void qwen2HasBiasesOnQueriesKeysAndValuesAlone() {
        DecoderConfig qwen2 = golden("qwen2");
        assertThat(qwen2.qkvBias()).isTrue();
        assertThat(qwen2.outBias()).isFalse();
        assertThat(qwen2.headDim()).isEqualTo(16);
        assertThat(edited("qwen3", "attention_bias", true).outBias()).isTrue();
    }

    @Test
    void qwen3NormsItsHeads() {
        assertThat(golden("qwen3").qkNorm()).isEqualTo(Family.QkNorm.HEADS);
        assertThat(golden("qwen3").tied()).isFalse();
        assertThat(golden("qwen3_tied").tied()).isTrue();
    }

    @Test
    void llama3StretchesItsFrequencies() {
        assertThat(golden("llama3").attention().get(0).rope())
                .isEqualTo(new Rope(500_000, 16, new RopeScaling.Llama3(8, 1, 4, 64)));
    }

    @Test
    void ropeParametersOfTransformers5MeanTheSame() {
        ObjectNode json = json("llama3");
        ObjectNode rope = (ObjectNode) json.remove("rope_scaling");
        rope.set("rope_theta", json.remove("rope_theta"));
        json.set("rope_parameters", rope);
        assertThat(DecoderConfigJson.parse(json, "config.json")).isEqualTo(golden("llama3"));
    }

    @Test
    void firstGenerationGemmaObeysHiddenAct() {
        assertThat(edited("gemma", "hidden_act", "gelu").activation()).isEqualTo(Activation.GELU);
        assertThat(edited("gemma", "hidden_act", null).activation()).isEqualTo(Activation.GELU_TANH);
        assertThat(edited("gemma2", "hidden_activation", null).activation()).isEqualTo(Activation.GELU_TANH);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model_type | 'mamba' | one of [gemma, gemma2, gemma3_text, qwen2, qwen3, llama, mistral, phi3, smollm3, olmo2, gemma3]",
                "model_type |  | one of [gemma, gemma2, gemma3_text, qwen2, qwen3, llama, mistral, phi3, smollm3, olmo2, gemma3]",
                "hidden_act | 'relu' | [gelu_pytorch_tanh, gelu, silu]",
                "vocab_size |  | missing but must be a whole number from 1",
                "hidden_size | -1 | hidden_size is -1 but must be a whole number from 1",
                "hidden_size | 64.0 | hidden_size is 64.0 but",
                "num_hidden_layers | 100000 | at most 1000",
                "num_key_value_heads | 3 | a divisor of num_attention_heads, 4",
                "head_dim | 7 | head_dim is 7 but must be even",
                "rms_norm_eps | 0 | rms_norm_eps is 0 but must be a positive number",
                "rope_scaling | {'rope_type':'ntk','factor':4.0} | rope_scaling.rope_type is 'ntk' but must be one of",
                "rope_scaling | {'rope_type':'llama3','factor':4.0} | low_freq_factor is missing",
                "layer_types | ['full_attention'] | as long as num_hidden_layers, 3",
                "layer_types | ['full_attention','full_attention','sliding_attention'] | no sliding_window is set",
                "layer_types | ['full_attention','full_attention','linear_attention'] | sliding_attention or full_attention",
                "attention_bias | 1 | attention_bias is 1 but must be true or false",
                "mlp_bias | true | mlp_bias is true but must be absent",
                "quantization_config | {'bits':4} | not supported",
            },
            quoteCharacter = '`')
    void aValueWeCannotComputeIsNamedWithItsBound(String key, String value, String complaint) {
        ObjectNode json = json("qwen3");
        json.remove(key);
        if (value != null) {
            json.setAll(JsonFile.parse("{\"" + key + "\":" + value.replace('\'', '"') + "}", "test"));
        }
        assertThatThrownBy(() -> DecoderConfigJson.parse(json, "m/config.json"))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("m/config.json: ")
                .hasMessageContaining(complaint);
    }

    private static DecoderConfig golden(String model) {
        return DecoderConfigJson.read(Golden.path("models/" + model));
    }

    private static ObjectNode json(String model) {
        return JsonFile.read(Golden.path("models/" + model + "/config.json"));
    }

    private static DecoderConfig edited(String model, String key, Object value) {
        ObjectNode json = json(model);
        json.remove(key);
        if (value != null) {
            json.putPOJO(key, value);
            json.set(key, JsonFile.parse(json.toString(), "test").get(key));
        }
        return DecoderConfigJson.parse(json, "config.json");
    }
}
