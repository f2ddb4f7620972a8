package org.selgen.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.Golden;
import org.selgen.data.BadInput;
import org.selgen.file.JsonFile;
import org.selgen.tensor.Autograd;
import org.selgen.tensor.DType;
import org.selgen.tensor.MappedTensor;
import org.selgen.tensor.SafetensorsFile;
import org.selgen.tensor.SafetensorsFolder;
import org.selgen.tensor.SafetensorsItem;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;

/** Folders as users have them give what the plain folder of the same weights gives. */
class ModelFoldersTest {
    private static final Path GEMMA3 = Golden.committed("families/models/gemma3");
    private static final Path LLAMA = Golden.committed("families/models/llama_linear");
    private static final Batch ROW =
            Batch.of(List.of(new Sequence(new long[] {2, 40, 7, 9, 33, 21, 5, 12}, new boolean[8]).whole()));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"language_model.model.", "model.language_model."})
    void theTextPartOfAFolderWithVisionIsTheTextModel(String prefix) throws IOException {
        ObjectNode config = new ObjectMapper().createObjectNode().put("model_type", "gemma3");
        config.set("text_config", JsonFile.read(GEMMA3.resolve("config.json")));
        Files.writeString(folder.resolve("config.json"), config.toString());
        List<SafetensorsItem> items = new ArrayList<>(items(GEMMA3, name -> name.replaceFirst("^model\\.", prefix)));
        items.add(item("vision_tower.encoder.layers.0.mlp.fc1.weight", 0.5f, 2));
        items.add(item("multi_modal_projector.mm_soft_emb_norm.weight", 0.5f, 2));
        SafetensorsFile.write(folder.resolve("model.safetensors"), Map.of(), items);
        assertThat(logits(folder, DType.F32)).isEqualTo(logits(GEMMA3, DType.F32));
    }

    @Test
    void anAdapterForAFolderWithVisionHasPeftsNames() throws IOException {
        theTextPartOfAFolderWithVisionIsTheTextModel("language_model.model.");
        try (Decoder lm = Decoder.open(folder, DType.F32);
                Adapter adapter = Adapter.fresh(new LoraConfig(2, 4, false, List.of("q_proj")), lm.config(), 1)) {
            assertThat(adapter.names().get(0))
                    .isEqualTo("base_model.model.model.language_model.layers.0.self_attn.q_proj.lora_A.weight");
            Path peft = folder.resolve("peft");
            adapter.write(peft, new PeftConfig("", new LoraConfig(2, 4, false, List.of("q_proj"))));
            List<SafetensorsItem> items = new ArrayList<>(items(peft.resolve("adapter_model.safetensors")));
            items.add(
                    item("base_model.model.model.vision_tower.encoder.layers.0.self_attn.q_proj.lora_A.weight", 1, 2));
            SafetensorsFile.write(peft.resolve("adapter_model.safetensors"), Map.of(), items);
            try (Adapter read = Adapter.read(peft, lm.config())) { // PEFT adapts the vision part too
                assertThat(read.names()).isEqualTo(adapter.names());
            }
        }
    }

    private enum Narrow {
        BF16,
        F16
    }

    /** Two shards of 16-bit weights and a folder of the same numbers in float32. */
    @ParameterizedTest
    @EnumSource(Narrow.class)
    void shardsOf16BitWeightsAreReadExactly(Narrow narrow) throws IOException {
        Path wide = Files.createDirectory(folder.resolve("wide"));
        Path shards = Files.createDirectory(folder.resolve("shards"));
        ObjectNode index = new ObjectMapper().createObjectNode();
        ObjectNode places = index.putObject("weight_map");
        List<List<SafetensorsItem>> parts = List.of(new ArrayList<>(), new ArrayList<>());
        List<SafetensorsItem> rounded = new ArrayList<>();
        try (Scope scope = Scope.open()) {
            SafetensorsFolder.open(LLAMA).entries().forEach((name, entry) -> {
                Tensor weight = MappedTensor.of(entry).to(DType.valueOf(narrow.name()));
                int part = parts.get(0).size() < 11 ? 0 : 1;
                parts.get(part)
                        .add(new SafetensorsItem(
                                name, narrow.name(), entry.shape(), weight.bytes(DType.valueOf(narrow.name()))));
                places.put(name, "model-0000" + (part + 1) + "-of-00002.safetensors");
                rounded.add(new SafetensorsItem(name, "F32", entry.shape(), weight.bytes(DType.F32)));
            });
        }
        for (int part = 0; part < 2; part++) {
            SafetensorsFile.write(
                    shards.resolve("model-0000" + (part + 1) + "-of-00002.safetensors"), Map.of(), parts.get(part));
        }
        Files.writeString(shards.resolve("model.safetensors.index.json"), index.toString());
        SafetensorsFile.write(wide.resolve("model.safetensors"), Map.of(), rounded);
        for (Path one : List.of(wide, shards)) {
            Files.copy(LLAMA.resolve("config.json"), one.resolve("config.json"));
        }
        assertThat(logits(shards, DType.F32)).isEqualTo(logits(wide, DType.F32));
        assertThat(logits(shards, DType.F32)).isNotEqualTo(logits(LLAMA, DType.F32));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void aWeightThatIsNoNumberIsRefusedWithItsTensor(float bad) throws IOException {
        Files.copy(LLAMA.resolve("config.json"), folder.resolve("config.json"));
        List<SafetensorsItem> items = new ArrayList<>(items(LLAMA, name -> name));
        items.removeIf(item -> item.name().equals("model.layers.1.input_layernorm.weight"));
        items.add(item("model.layers.1.input_layernorm.weight", bad, 16));
        SafetensorsFile.write(folder.resolve("model.safetensors"), Map.of(), items);
        assertThatThrownBy(() -> Decoder.open(folder, DType.F32))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(
                        "tensor 'model.layers.1.input_layernorm.weight' (F32 [16]) holds NaN or infinite");
        assertThat(ModelFolderValidator.problems(folder))
                .anyMatch(problem -> problem.contains("'model.layers.1.input_layernorm.weight' (F32 [16]) holds NaN"));
    }

    @Test
    void aTokenBeyondTheEmbeddingIsAProblemOfTheFolder() throws IOException {
        Path tiny = Path.of("data-lake/models/tiny");
        for (String file : List.of(
                "config.json",
                "generation_config.json",
                "model.safetensors",
                "tokenizer.json",
                "tokenizer_config.json")) {
            Files.copy(tiny.resolve(file), folder.resolve(file));
        }
        assertThat(ModelFolderValidator.problems(folder)).isEmpty();
        ObjectNode json = JsonFile.read(folder.resolve("tokenizer.json"));
        ObjectNode extra = json.path("added_tokens").get(0).deepCopy();
        json.withArray("added_tokens").add(extra.put("content", "<extra>").put("id", 511));
        Files.writeString(folder.resolve("tokenizer.json"), json.toString());
        assertThat(ModelFolderValidator.problems(folder))
                .singleElement()
                .asString()
                .contains("has token 511, '<extra>', but the model's embedding has 511 rows");
    }

    private static float[] logits(Path model, DType type) {
        try (Decoder lm = Decoder.open(model, type);
                Scope scope = Scope.open()) {
            return Autograd.off(() -> lm.forward(ROW).logits().floats());
        }
    }

    private static List<SafetensorsItem> items(Path model, UnaryOperator<String> renamed) {
        return SafetensorsFolder.open(model).entries().values().stream()
                .map(entry ->
                        new SafetensorsItem(renamed.apply(entry.name()), entry.dtype(), entry.shape(), entry.read()))
                .toList();
    }

    private static List<SafetensorsItem> items(Path file) {
        return SafetensorsFile.open(file).entries().values().stream()
                .map(entry -> new SafetensorsItem(entry.name(), entry.dtype(), entry.shape(), entry.read()))
                .toList();
    }

    /** A vector whose last number is the given one, the others 1. */
    private static SafetensorsItem item(String name, float last, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * length).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < length; i++) {
            bytes.putFloat(i == length - 1 ? last : 1);
        }
        return new SafetensorsItem(name, "F32", new long[] {length}, bytes.flip());
    }
}
