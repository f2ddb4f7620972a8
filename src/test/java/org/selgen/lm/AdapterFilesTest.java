package org.selgen.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.Golden;
import org.selgen.data.BadInput;
import org.selgen.file.JsonFile;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.lm.config.DecoderConfigJson;
import org.selgen.tensor.SafetensorsFile;
import org.selgen.tensor.SafetensorsItem;

class AdapterFilesTest {
    private static final String PATTERNED = "qwen3_pattern";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"gemma_lora", "gemma_rslora", "qwen3_lora", "qwen3_rslora", PATTERNED})
    void whatPeftWroteIsReadAndWrittenAlike(String name) {
        Path original = Golden.path("peft/" + name);
        AdapterFiles adapter = AdapterFiles.read(original, base(name));
        SafetensorsFile tensors = SafetensorsFile.open(original.resolve(AdapterFiles.TENSORS));
        assertThat(adapter.modules()).hasSize(tensors.entries().size() / 2);

        AdapterFiles.write(folder, adapter.config(), items(tensors));
        assertThat(JsonFile.read(folder.resolve(AdapterFiles.CONFIG)))
                .isEqualTo(JsonFile.read(original.resolve(AdapterFiles.CONFIG)));
        assertThat(folder.resolve(AdapterFiles.TENSORS)).hasSameBinaryContentAs(original.resolve(AdapterFiles.TENSORS));
    }

    @Test
    void aModulesRankAndScaleFollowThePatterns() {
        Map<String, AdapterFiles.Module> modules = AdapterFiles.read(Golden.path("peft/" + PATTERNED), base(PATTERNED))
                .modules();
        assertThat(modules.get("model.layers.0.self_attn.q_proj").rank()).isEqualTo(4);
        assertThat(modules.get("model.layers.1.self_attn.q_proj").rank()).isEqualTo(6);
        assertThat(modules.get("model.layers.0.self_attn.q_proj").scale()).isEqualTo(4);
        assertThat(modules.get("model.layers.1.self_attn.q_proj").scale())
                .isEqualTo((float) (8 / Math.sqrt(6)), within(1e-6f));
        assertThat(modules.get("model.layers.2.mlp.down_proj").scale()).isEqualTo(10);
    }

    @Test
    void modulesComeInTheOrderOfComputation() {
        assertThat(AdapterFiles.shapes(base("qwen3_lora"), new LoraConfig(1, 1, false, LoraConfig.TARGETS))
                        .keySet())
                .startsWith(
                        "model.layers.0.self_attn.q_proj",
                        "model.layers.0.self_attn.k_proj",
                        "model.layers.0.self_attn.v_proj",
                        "model.layers.0.self_attn.o_proj",
                        "model.layers.0.mlp.gate_proj",
                        "model.layers.0.mlp.up_proj",
                        "model.layers.0.mlp.down_proj",
                        "model.layers.1.self_attn.q_proj")
                .hasSize(21);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "use_dora | true | use_dora is true but must be off",
                "bias | 'all' | bias is \"all\" but must be 'none'",
                "modules_to_save | ['lm_head'] | modules_to_save is [\"lm_head\"] but must be off",
                "init_lora_weights | 'pissa' | init_lora_weights is \"pissa\" but must be one of true",
                "init_lora_weights | 'olora' | which leave the base model as it is",
                "lora_bias | true | lora_bias is true but must be off",
                "fan_in_fan_out | true | fan_in_fan_out is true but must be off",
                "layers_to_transform | [-1] | layers_to_transform is [-1] but must be whole numbers",
                "some_feature_of_tomorrow | {'on':1} | some_feature_of_tomorrow is {\"on\":1} but must be off",
                "peft_type | 'IA3' | peft_type is \"IA3\" but must be 'LORA'",
                "peft_type |  | peft_type is missing but must be 'LORA'",
                "task_type | 'SEQ_CLS' | task_type is \"SEQ_CLS\" but must be 'CAUSAL_LM'",
                "target_modules | '(q_proj' | target_modules is \"(q_proj\" but must be \"all-linear\", a list, or a regular",
                "target_modules | [] | target_modules is [] but",
                "target_modules | [1] | target_modules is [1] but must be names of modules",
                "layers_pattern | ['(a)'] | layers_pattern is [\"(a)\"] but must be names of lists of layers",
                "r | 0 | r is 0 but must be a whole number from 1",
                "lora_alpha | -1 | lora_alpha is -1 but must be a positive number",
                "use_rslora | 'yes' | use_rslora is \"yes\" but must be true or false",
                "rank_pattern | {'(a{999}){999}':2} | but must be an object whose keys are each a regular expression",
                "rank_pattern | {'q_proj':0} | rank_pattern.q_proj is 0",
                "alpha_pattern | [1] | alpha_pattern is [1] but must be an object",
            })
    void whatWeDoNotComputeIsRefusedByName(String key, String value, String complaint) {
        assertThatThrownBy(() -> PeftConfigJson.parse(edited(key, value), "a/adapter_config.json"))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("a/adapter_config.json: ")
                .hasMessageContaining(complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "lora_dropout | 0.1",
                "auto_mapping | {'base_model_class':'GemmaForCausalLM','unsloth_fixed':true}",
                "unsloth_fixed | true",
                "exclude_modules | ['lm_head']",
                "init_lora_weights | 'gaussian'",
                "peft_version | '0.18.0'",
                "task_type | null",
                "some_feature_of_tomorrow | false",
            })
    void whatChangesNoAnswerIsRead(String key, String value) {
        assertThat(PeftConfigJson.parse(edited(key, value), "a").r()).isEqualTo(4);
    }

    @Test
    void aFractionalStrengthSurvives() {
        PeftConfig config = new PeftConfig("b", new LoraConfig(4, 0.1f, true, List.of("q_proj")));
        assertThat(PeftConfigJson.parse(JsonFile.parse(PeftConfigWriter.write(config), "a"), "a"))
                .isEqualTo(config);
        assertThat(PeftConfigWriter.write(config)).contains("\"lora_alpha\" : 0.1");
    }

    @Test
    void layersAndDropoutAreWrittenAsPeftNamesThem() {
        LoraConfig lora = new LoraConfig(4, 8, true, List.of("q_proj"), 0.1f, List.of(2, 0));
        PeftConfig config = new PeftConfig("b", lora);
        ObjectNode json = JsonFile.parse(PeftConfigWriter.write(config), "a");
        assertThat(json.get("layers_to_transform")).hasToString("[0,2]");
        assertThat(json.get("lora_dropout")).hasToString("0.1");
        assertThat(PeftConfigJson.parse(json, "a")).isEqualTo(config);
        assertThat(AdapterFiles.shapes(base("qwen3_lora"), lora).keySet())
                .containsExactly("model.layers.0.self_attn.q_proj", "model.layers.2.self_attn.q_proj");
    }

    @Test
    void aTensorThatLacksIsNamed() {
        damaged(items -> items.remove(0)).hasMessageContaining("lacks tensor 'base_model.model.model.layers.0");
    }

    @Test
    void aTensorOfNoModuleIsNamed() {
        damaged(items -> items.add(
                        new SafetensorsItem("x.lora_C.weight", "F32", new long[] {0}, ByteBuffer.allocate(0))))
                .hasMessageContaining("holds tensor 'x.lora_C.weight', which belongs to no target module");
    }

    @Test
    void aTensorOfAnotherShapeIsNamed() {
        damaged(items -> {
                    SafetensorsItem first = items.remove(0);
                    items.add(new SafetensorsItem(
                            first.name(),
                            first.dtype(),
                            new long[] {first.bytes().remaining() / 4},
                            first.bytes()));
                })
                .hasMessageContaining("must have shape [4, 112]");
    }

    @Test
    void aPickledAdapterIsRefused() throws IOException {
        Files.createFile(folder.resolve("adapter_model.bin"));
        assertThatThrownBy(() -> AdapterFiles.read(folder, base("gemma_lora")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("only safetensors are read");
    }

    @Test
    void aFolderWithoutConfigurationIsNamed() {
        assertThatThrownBy(() -> AdapterFiles.read(folder, base("gemma_lora")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(folder.resolve("adapter_config.json") + " is missing");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> damaged(Consumer<List<SafetensorsItem>> damage) {
        Path original = Golden.path("peft/gemma_lora");
        DecoderConfig base = base("gemma_lora");
        List<SafetensorsItem> items =
                new ArrayList<>(items(SafetensorsFile.open(original.resolve(AdapterFiles.TENSORS))));
        damage.accept(items);
        AdapterFiles.write(folder, AdapterFiles.read(original, base).config(), items);
        return assertThatThrownBy(() -> AdapterFiles.read(folder, base)).isInstanceOf(BadInput.class);
    }

    private static List<SafetensorsItem> items(SafetensorsFile tensors) {
        return tensors.entries().values().stream()
                .map(entry -> new SafetensorsItem(entry.name(), entry.dtype(), entry.shape(), entry.read()))
                .toList();
    }

    private static DecoderConfig base(String adapter) {
        return DecoderConfigJson.read(Golden.path("models/" + adapter.split("_", 2)[0]));
    }

    private static ObjectNode edited(String key, String value) {
        ObjectNode json = JsonFile.read(Golden.path("peft/gemma_lora/adapter_config.json"));
        json.remove(key);
        if (value != null) {
            json.setAll(JsonFile.parse("{\"" + key + "\":" + value.replace('\'', '"') + "}", "test"));
        }
        return json;
    }
}
