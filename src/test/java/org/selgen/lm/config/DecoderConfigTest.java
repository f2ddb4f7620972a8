package org.selgen.lm.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.Golden;
import org.selgen.data.BadInput;
import org.selgen.file.JsonFile;
import org.selgen.lm.DecoderWeights;
import org.selgen.tensor.SafetensorsEntry;
import org.selgen.tensor.SafetensorsFolder;

class DecoderConfigTest {
    @ParameterizedTest
    @ValueSource(strings = {"gemma", "gemma_bf16", "gemma2", "llama3", "qwen2", "qwen3", "qwen3_tied"})
    void expectedWeightsAreExactlyThoseOfTheFile(String model) {
        Path folder = Golden.path("models/" + model);
        DecoderConfig config = DecoderConfigJson.read(folder);
        SafetensorsFolder weights = SafetensorsFolder.open(folder);
        assertThat(DecoderWeights.shapes(config).keySet())
                .containsExactlyInAnyOrderElementsOf(weights.entries().keySet());
        assertThatCode(() -> DecoderWeights.check(config, weights)).doesNotThrowAnyException();
    }

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
        assertThat(golden("qwen3").slidingWindow()).isNull();
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
        assertThat(golden("qwen3").qkNorm()).isTrue();
        assertThat(golden("qwen3").tied()).isFalse();
        assertThat(golden("qwen3_tied").tied()).isTrue();
    }

    @Test
    void llama3StretchesItsFrequencies() {
        assertThat(golden("llama3").ropeScaling()).isEqualTo(new RopeScaling(8, 1, 4, 64));
        assertThat(golden("llama3").ropeTheta()).isEqualTo(500_000);
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
                "model_type | 'mamba' | [gemma, gemma2, qwen2, qwen3, llama]",
                "model_type |  | [gemma, gemma2, qwen2, qwen3, llama]",
                "hidden_act | 'relu' | [gelu_pytorch_tanh, gelu, silu]",
                "vocab_size |  | missing but must be a whole number from 1",
                "hidden_size | -1 | hidden_size is -1 but must be a whole number from 1",
                "hidden_size | 64.0 | hidden_size is 64.0 but",
                "num_hidden_layers | 100000 | at most 1000",
                "num_key_value_heads | 3 | a divisor of num_attention_heads, 4",
                "head_dim | 7 | head_dim is 7 but must be even",
                "rms_norm_eps | 0 | rms_norm_eps is 0 but must be a positive number",
                "rope_scaling | {'rope_type':'yarn','factor':4.0} | rope_type 'default' or 'llama3'",
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

    @Test
    void aMissingWeightIsNamed() {
        Map<String, SafetensorsEntry> weights = qwen3();
        weights.remove("model.layers.1.self_attn.q_norm.weight");
        refused(weights).hasMessageContaining("lacks weight 'model.layers.1.self_attn.q_norm.weight' [32]");
    }

    @Test
    void anUnknownWeightIsNamed() {
        Map<String, SafetensorsEntry> weights = qwen3();
        weights.put("model.layers.9.mlp.up_proj.weight", weights.get("model.norm.weight"));
        refused(weights).hasMessageContaining("'model.layers.9.mlp.up_proj.weight', which a qwen3 model");
    }

    @Test
    void aMisshapenWeightIsNamed() {
        Map<String, SafetensorsEntry> weights = qwen3();
        weights.put("model.norm.weight", weights.get("lm_head.weight"));
        refused(weights).hasMessageContaining("must have shape [64]");
    }

    @Test
    void aQuantisedWeightIsRefused() {
        Map<String, SafetensorsEntry> weights = qwen3();
        weights.put(
                "model.norm.weight",
                new SafetensorsEntry(Path.of("f"), "model.norm.weight", "I8", new long[] {64}, 0, 64));
        refused(weights).hasMessageContaining("must be of F32, BF16 or F16");
    }

    @Test
    void aSavedCopyOfATiedHeadIsHarmless() {
        SafetensorsFolder untied = SafetensorsFolder.open(Golden.path("models/qwen3"));
        assertThatCode(() -> DecoderWeights.check(golden("qwen3_tied"), untied)).doesNotThrowAnyException();
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> refused(
            Map<String, SafetensorsEntry> weights) {
        return assertThatThrownBy(
                        () -> DecoderWeights.check(golden("qwen3"), new SafetensorsFolder(Path.of("m"), weights)))
                .isInstanceOf(BadInput.class);
    }

    private static Map<String, SafetensorsEntry> qwen3() {
        return new LinkedHashMap<>(
                SafetensorsFolder.open(Golden.path("models/qwen3")).entries());
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
