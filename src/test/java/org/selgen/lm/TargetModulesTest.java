package org.selgen.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selgen.Golden;
import org.selgen.data.BadInput;
import org.selgen.file.JsonFile;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.lm.config.DecoderConfigJson;
import org.selgen.tensor.SafetensorsFile;
import org.selgen.tensor.SafetensorsItem;

/** The modules that adapter_config.json names are those that PEFT adapts. */
class TargetModulesTest {
    private static final Path ADAPTER = Golden.path("peft/gemma_lora");
    private static final DecoderConfig BASE = DecoderConfigJson.read(Golden.path("models/gemma"));

    @TempDir
    Path folder;

    private static PeftConfig config(String edits) {
        ObjectNode json = JsonFile.read(ADAPTER.resolve(AdapterFiles.CONFIG));
        json.setAll(JsonFile.parse(edits.replace('\'', '"'), "edits"));
        return PeftConfigJson.parse(json, "a/adapter_config.json");
    }

    private static List<String> covered(String edits) {
        TargetModules targets = config(edits).targets();
        return AdapterFiles.shapes(BASE, new LoraConfig(1, 1, false, LoraConfig.TARGETS)).keySet().stream()
                .filter(module -> targets.covers(module, true))
                .map(module -> module.replace("model.layers.", "").replaceAll("self_attn\\.|mlp\\.", ""))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            {'target_modules':['self_attn.q_proj']} ; 0.q_proj 1.q_proj 2.q_proj
            {'target_modules':['model.layers.1.mlp.up_proj','model.layers.2.mlp.up_proj']} ; 1.up_proj 2.up_proj
            {'target_modules':['proj']} ;
            {'target_modules':'.*q_proj'} ; 0.q_proj 1.q_proj 2.q_proj
            {'target_modules':'q_proj'} ;
            {'target_modules':'model[.]layers[.][12][.].*(k|v)_proj'} ; 1.k_proj 1.v_proj 2.k_proj 2.v_proj
            {'target_modules':'(?!.*[.]0[.]).*(?P<which>q)_proj'} ; 1.q_proj 2.q_proj
            {'target_modules':['q_proj'],'layers_to_transform':[0,2]} ; 0.q_proj 2.q_proj
            {'target_modules':['q_proj'],'layers_to_transform':1} ; 1.q_proj
            {'target_modules':['q_proj'],'layers_to_transform':[]} ; 0.q_proj 1.q_proj 2.q_proj
            {'target_modules':['q_proj'],'layers_to_transform':[1],'layers_pattern':'layers'} ; 1.q_proj
            {'target_modules':['q_proj'],'layers_to_transform':[1],'layers_pattern':['h','layers']} ; 1.q_proj
            {'target_modules':['q_proj'],'layers_to_transform':[1],'layers_pattern':['h']} ;
            {'target_modules':['q_proj','model.layers.0.self_attn.k_proj'],'layers_to_transform':[1]} ; 0.k_proj 1.q_proj
            {'target_modules':['q_proj','k_proj'],'exclude_modules':['k_proj']} ; 0.q_proj 1.q_proj 2.q_proj
            {'target_modules':['q_proj'],'exclude_modules':['model.layers.1.self_attn.q_proj']} ; 0.q_proj 2.q_proj
            {'target_modules':['q_proj'],'exclude_modules':'.*[.][01][.].*'} ; 2.q_proj
            {'target_modules':['q_proj'],'exclude_modules':'q_proj'} ; 0.q_proj 1.q_proj 2.q_proj
            """)
    void aModuleIsAdaptedAsPeftSays(String edits, String modules) {
        assertThat(String.join(" ", covered(edits))).isEqualTo(modules == null ? "" : modules);
    }

    @Test
    void allLinearMeansAllSevenOfALayer() {
        assertThat(covered("{'target_modules':'all-linear','exclude_modules':['lm_head']}"))
                .hasSize(21);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            {'q_proj|k_proj':8} ; model.layers.0.self_attn.k_proj ; 8
            {'q_proj|k_proj':8} ; model.layers.0.self_attn.xk_proj ; 4
            {'0.self_attn.q_proj':2} ; model.layers.0.self_attn.q_proj ; 2
            {'0.self_attn.q_proj':2} ; model.layers.10.self_attn.q_proj ; 4
            {'^model.layers.1.mlp.up_proj':3} ; model.layers.1.mlp.up_proj ; 3
            {'self_attn':3} ; model.layers.1.self_attn.q_proj ; 4
            {'.*self_attn.*':3} ; model.layers.1.self_attn.q_proj ; 3
            {'layers[.](0|1)[.].*':5,'.*':6} ; model.layers.1.mlp.up_proj ; 5
            {'layers[.](0|1)[.].*':5,'.*':6} ; model.layers.2.mlp.up_proj ; 6
            """)
    void theFirstPatternOfAnEndCounts(String patterns, String module, int rank) {
        assertThat(config("{'rank_pattern':" + patterns + "}").rank(module)).isEqualTo(rank);
    }

    @Test
    void layersBesideAPatternAreRefusedAsPeftDoes() {
        assertThatThrownBy(() -> config("{'target_modules':'.*q_proj','layers_to_transform':[0]}"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("layers_to_transform is [0] but must be absent where target_modules is no list");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            {'target_modules':['q_proj','lm_head']} ; covers lm_head but may only cover the linear layers of decoder
            {'target_modules':'.*embed.*'} ; covers model.embed_tokens but may only
            {'target_modules':['c_attn']} ; covers no linear layer of this model, as model.layers.0
            """)
    void whatCannotBeAdaptedIsNamed(String edits, String message) throws IOException {
        written(edits, name -> name);
        assertThatThrownBy(() -> AdapterFiles.read(folder, BASE))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(message);
    }

    @Test
    @Timeout(20)
    void aPatternThatWouldRunForEverIsRefused() {
        TargetModules targets =
                config("{'target_modules':'(([a-z_.0-9]+)+)+!'}").targets();
        assertThatThrownBy(() -> targets.covers("model.layers.0.self_attn.q_proj", true))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("takes too long for the module 'model.layers.0");
    }

    @ParameterizedTest
    @CsvSource({
        "lora_A.default.weight, lora_B.default.weight, base_model.model.model.",
        "lora_A.weight, lora_B.weight, base_model.model.model.language_model.",
        "lora_A.weight, lora_B.weight, base_model.model.language_model.model.",
        "lora_A.weight, lora_B.weight, model.",
    })
    void tensorsAreFoundUnderTheirOtherNames(String a, String b, String prefix) throws IOException {
        written(
                "{}",
                name -> name.replace("lora_A.weight", a)
                        .replace("lora_B.weight", b)
                        .replace("base_model.model.model.", prefix));
        Map<String, AdapterFiles.Module> expected =
                AdapterFiles.read(ADAPTER, BASE).modules();
        assertThat(AdapterFiles.read(folder, BASE).modules().keySet()).isEqualTo(expected.keySet());
    }

    @Test
    void twoAdaptersInOneFileAreRefused() throws IOException {
        List<SafetensorsItem> items = new ArrayList<>(items(name -> name));
        items.addAll(items(name -> name.replace(".weight", ".other.weight")));
        AdapterFiles.write(folder, config("{}"), items);
        assertThatThrownBy(() -> AdapterFiles.read(folder, BASE))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("but one adapter has one of them");
    }

    @Test
    void whatIsWrittenIsReadAlike() {
        for (String edits : Set.of(
                "{'target_modules':'.*q_proj','exclude_modules':'.*[.]0[.].*','rank_pattern':{'a|b':3}}",
                "{'target_modules':['q_proj'],'layers_to_transform':[1],'layers_pattern':['layers']}",
                "{'target_modules':'all-linear','exclude_modules':['lm_head'],'alpha_pattern':{'q':0.5}}")) {
            PeftConfig config = config(edits);
            assertThat(PeftConfigJson.parse(JsonFile.parse(PeftConfigWriter.write(config), "a"), "a"))
                    .isEqualTo(config);
        }
    }

    private void written(String edits, UnaryOperator<String> name) throws IOException {
        AdapterFiles.write(folder, config("{}"), items(name));
        Files.writeString(folder.resolve(AdapterFiles.CONFIG), PeftConfigWriter.write(config(edits)));
    }

    private static List<SafetensorsItem> items(UnaryOperator<String> name) {
        return SafetensorsFile.open(ADAPTER.resolve(AdapterFiles.TENSORS)).entries().values().stream()
                .map(entry -> new SafetensorsItem(name.apply(entry.name()), entry.dtype(), entry.shape(), entry.read()))
                .toList();
    }
}
