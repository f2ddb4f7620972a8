package org.selgen.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.Golden;
import org.selgen.data.BadInput;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.lm.config.DecoderConfigJson;
import org.selgen.tensor.SafetensorsEntry;
import org.selgen.tensor.SafetensorsFile;
import org.selgen.tensor.SafetensorsFolder;
import org.selgen.tensor.SafetensorsItem;

class WeightFilesTest {
    private static final String EMBEDDING = "model.embed_tokens.weight";
    private static final String HEAD = "lm_head.weight";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"gemma", "gemma_bf16", "gemma2", "llama3", "qwen2", "qwen3", "qwen3_tied"})
    void expectedWeightsAreExactlyThoseOfTheFile(String model) {
        DecoderConfig config = config(model);
        SafetensorsFolder weights = SafetensorsFolder.open(Golden.path("models/" + model));
        assertThat(DecoderWeights.shapes(config).keySet())
                .containsExactlyInAnyOrderElementsOf(weights.entries().keySet());
        assertThatCode(() -> WeightFiles.find(config, weights)).doesNotThrowAnyException();
    }

    @Test
    void aMissingWeightIsNamed() {
        Map<String, SafetensorsEntry> weights = entries("qwen3");
        weights.remove("model.layers.1.self_attn.q_norm.weight");
        refused(weights).hasMessageContaining("lacks weight 'model.layers.1.self_attn.q_norm.weight' [32]");
    }

    @Test
    void anUnknownWeightIsNamed() {
        Map<String, SafetensorsEntry> weights = entries("qwen3");
        weights.put("model.layers.9.mlp.up_proj.weight", weights.get("model.norm.weight"));
        refused(weights).hasMessageContaining("'model.layers.9.mlp.up_proj.weight', which a qwen3 model");
    }

    @Test
    void aMisshapenWeightIsNamed() {
        Map<String, SafetensorsEntry> weights = entries("qwen3");
        weights.put("model.norm.weight", weights.get(HEAD));
        refused(weights).hasMessageContaining("must have shape [64]");
    }

    @Test
    void aQuantisedWeightIsRefused() {
        Map<String, SafetensorsEntry> weights = entries("qwen3");
        weights.put(
                "model.norm.weight",
                new SafetensorsEntry(Path.of("f"), "model.norm.weight", "I8", new long[] {64}, 0, 64));
        refused(weights).hasMessageContaining("must be of F32, BF16 or F16");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model.layers.0.self_attn.rotary_emb.inv_freq",
                "model.rotary_emb.inv_freq",
                "model.layers.1.self_attn.rotary_emb.cos_cached",
                "model.layers.1.self_attn.masked_bias",
                "model.embed_scale"
            })
    void aTableThatIsComputedAnywayIsLeftAlone(String buffer) {
        Map<String, SafetensorsEntry> weights = entries("qwen3");
        weights.put(buffer, weights.get("model.norm.weight"));
        assertThat(find(weights, "qwen3").entries()).hasSameSizeAs(entries("qwen3"));
    }

    @ParameterizedTest
    @CsvSource({"model.,''", "model.,language_model.model.", "model.,model.language_model."})
    void weightsAreFoundBehindAnotherPrefix(String from, String to) {
        Map<String, SafetensorsEntry> entries = entries("qwen3");
        Map<String, SafetensorsEntry> renamed = new LinkedHashMap<>();
        entries.forEach(
                (name, entry) -> renamed.put(name.startsWith(from) ? to + name.substring(from.length()) : name, entry));
        assertThat(find(renamed, "qwen3").entries())
                .containsExactlyEntriesOf(find(entries, "qwen3").entries());
    }

    @Test
    void aTiedHeadThatDiffersFromTheEmbeddingIsNotTied() {
        Map<String, SafetensorsEntry> untied = entries("qwen3");
        assertThat(find(untied, "qwen3_tied").config().tied()).isFalse();
        assertThat(find(untied, "qwen3_tied").entries()).containsEntry(HEAD, untied.get(HEAD));
    }

    @Test
    void aSavedCopyOfATiedHeadIsLeftAlone() {
        Map<String, SafetensorsEntry> weights = entries("qwen3_tied");
        ByteBuffer embedding = weights.get(EMBEDDING).read();
        Path copy = folder.resolve("model.safetensors");
        SafetensorsFile.write(
                copy,
                Map.of(),
                List.of(new SafetensorsItem(HEAD, "F32", weights.get(EMBEDDING).shape(), embedding)));
        weights.put(HEAD, SafetensorsFile.open(copy).entries().get(HEAD));
        assertThat(find(weights, "qwen3_tied").config().tied()).isTrue();
        assertThat(find(weights, "qwen3_tied").entries()).doesNotContainKey(HEAD);
    }

    @Test
    void aTiedHeadMayBeTheOnlyCopy() {
        Map<String, SafetensorsEntry> weights = entries("qwen3_tied");
        SafetensorsEntry embedding = weights.remove(EMBEDDING);
        weights.put(HEAD, embedding);
        assertThat(find(weights, "qwen3_tied").entries()).containsEntry(EMBEDDING, embedding);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(Map<String, SafetensorsEntry> weights) {
        return assertThatThrownBy(() -> find(weights, "qwen3")).isInstanceOf(BadInput.class);
    }

    private static WeightFiles find(Map<String, SafetensorsEntry> weights, String model) {
        return WeightFiles.find(config(model), new SafetensorsFolder(Path.of("m"), weights));
    }

    private static DecoderConfig config(String model) {
        return DecoderConfigJson.read(Golden.path("models/" + model));
    }

    private static Map<String, SafetensorsEntry> entries(String model) {
        return new LinkedHashMap<>(
                SafetensorsFolder.open(Golden.path("models/" + model)).entries());
    }
}
