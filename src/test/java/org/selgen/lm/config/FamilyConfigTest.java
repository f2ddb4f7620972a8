package org.selgen.lm.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selgen.data.BadInput;
import org.selgen.file.JsonFile;

/** What config.json means in each family, when keys are absent, null, or spelt in the old or new way. */
class FamilyConfigTest {
    private static final String SHAPE = "'vocab_size':8,'hidden_size':16,'intermediate_size':8,"
            + "'num_attention_heads':4,'num_key_value_heads':2,'num_hidden_layers':";

    private static DecoderConfig config(String family, int layers, String more) {
        String text = "{'model_type':'" + family + "'," + SHAPE + layers + more + "}";
        return DecoderConfigJson.parse(JsonFile.parse(text.replace('\'', '"'), "test"), "m/config.json");
    }

    private static List<Integer> windows(DecoderConfig config) {
        return IntStream.range(0, config.layers())
                .map(layer -> config.window(layer).orElse(0))
                .boxed()
                .toList();
    }

    private static Rope rope(DecoderConfig config, int layer) {
        return config.attention().get(layer).rope();
    }

    @ParameterizedTest
    @CsvSource({
        "gemma,true",
        "gemma2,true",
        "gemma3_text,true",
        "smollm3,true",
        "qwen2,false",
        "qwen3,false",
        "llama,false",
        "mistral,false",
        "phi3,false",
        "olmo2,false"
    })
    void whereTheFileDoesNotSayTheHeadIsTiedAsTheFamilysAre(String family, boolean tied) {
        assertThat(config(family, 1, "").tied()).isEqualTo(tied);
        assertThat(config(family, 1, ",'tie_word_embeddings':" + !tied).tied()).isNotEqualTo(tied);
    }

    @ParameterizedTest
    @CsvSource({"phi3,1e-5", "olmo2,1e-5", "llama,1e-6", "smollm3,1e-6", "gemma3_text,1e-6"})
    void whereTheFileDoesNotSayTheNormsEpsilonIsTheFamilys(String family, double eps) {
        assertThat(config(family, 1, "").normEps()).isEqualTo(eps);
    }

    @Test
    void aMistralWithoutAWindowKeyHasOneAndWithNullNone() {
        assertThat(windows(config("mistral", 2, ""))).containsExactly(4096, 4096);
        assertThat(windows(config("mistral", 2, ",'sliding_window':null"))).containsExactly(0, 0);
        assertThat(windows(config("mistral", 2, ",'sliding_window':5"))).containsExactly(5, 5);
    }

    @Test
    void aPhiWithoutAWindowKeyHasNone() {
        assertThat(windows(config("phi3", 2, ""))).containsExactly(0, 0);
        assertThat(windows(config("phi3", 2, ",'sliding_window':7"))).containsExactly(7, 7);
    }

    @Test
    void everySixthLayerOfGemma3IsFullOrAsThePatternSays() {
        assertThat(windows(config("gemma3_text", 8, ",'sliding_window':3"))).containsExactly(3, 3, 3, 3, 3, 0, 3, 3);
        assertThat(windows(config("gemma3_text", 5, ",'sliding_window':3,'sliding_window_pattern':2")))
                .containsExactly(3, 0, 3, 0, 3);
        assertThat(windows(config(
                        "gemma3_text", 2, ",'sliding_window':3,'layer_types':['full_attention','sliding_attention']")))
                .containsExactly(0, 3);
    }

    @Test
    void bothSpellingsOfGemma3sRotaryBasesMeanTheSame() {
        DecoderConfig old = config(
                "gemma3_text",
                6,
                ",'rope_theta':5e5,'rope_local_base_freq':100.0,'rope_scaling':{'rope_type':'linear','factor':8.0}");
        DecoderConfig recent = config(
                "gemma3_text",
                6,
                ",'rope_parameters':{'full_attention':{'rope_type':'linear','factor':8.0,'rope_theta':5e5},"
                        + "'sliding_attention':{'rope_type':'default','rope_theta':100.0}}");
        assertThat(recent).isEqualTo(old);
        assertThat(rope(old, 5)).isEqualTo(new Rope(5e5, 256, new RopeScaling.Linear(8)));
        assertThat(rope(old, 0)).isEqualTo(new Rope(100, 256, null));
        assertThat(rope(config("gemma3_text", 6, ""), 5).theta()).isEqualTo(1e6);
        assertThat(rope(config("gemma3_text", 6, ""), 0).theta()).isEqualTo(1e4);
    }

    @Test
    void gemma3ScalesItsScoresByAValueOfItsOwn() {
        assertThat(config("gemma3_text", 1, "").queryScale()).isEqualTo(1.0 / 16);
        assertThat(config("gemma3_text", 1, ",'query_pre_attn_scalar':144").queryScale())
                .isEqualTo(1.0 / 12);
    }

    @Test
    void theTextPartOfAGemma3FolderIsReadWithItsDefaults() {
        ObjectNode whole = JsonFile.parse(
                ("{'model_type':'gemma3','vision_config':{'hidden_size':1152},'text_config':{'hidden_size':2560,"
                                + "'intermediate_size':10240,'model_type':'gemma3_text','num_hidden_layers':34,"
                                + "'rope_scaling':{'factor':8.0,'rope_type':'linear'},'sliding_window':1024}}")
                        .replace('\'', '"'),
                "test");
        DecoderConfig config = DecoderConfigJson.parse(whole, "config.json");
        assertThat(config.module()).isEqualTo("model.language_model");
        assertThat(config.vocab()).isEqualTo(262_208);
        assertThat(List.of(config.heads(), config.kvHeads(), config.headDim())).containsExactly(8, 4, 256);
        assertThat(config.tied()).isTrue();
        assertThat(config.attention().stream().filter(layer -> layer.window() == null))
                .hasSize(5);
        assertThat(DecoderConfigJson.parse(whole.put("tie_word_embeddings", false), "config.json")
                        .tied())
                .isFalse();
    }

    @Test
    void nineOfThirtySixLayersOfSmolLm3DoNotRotate() {
        DecoderConfig config = config("smollm3", 36, "");
        assertThat(IntStream.range(0, 36).filter(layer -> rope(config, layer) == null))
                .containsExactly(3, 7, 11, 15, 19, 23, 27, 31, 35);
        assertThat(rope(config, 0).theta()).isEqualTo(2e6);
        DecoderConfig listed = config("smollm3", 3, ",'no_rope_layers':[0,1,1]");
        assertThat(IntStream.range(0, 3).filter(layer -> rope(listed, layer) == null))
                .containsExactly(0);
    }

    @Test
    void smolLm3SlidesWhereItDoesNotRotate() {
        assertThat(windows(config("smollm3", 4, ",'use_sliding_window':true,'sliding_window':9")))
                .containsExactly(0, 0, 0, 9);
        assertThat(windows(config("smollm3", 4, ",'use_sliding_window':false,'sliding_window':9")))
                .containsExactly(0, 0, 0, 0);
    }

    @Test
    void bothSpellingsOfRopeMeanTheSame() {
        DecoderConfig old = config("llama", 1, ",'rope_theta':7e4,'rope_scaling':{'type':'linear','factor':2}");
        DecoderConfig recent =
                config("llama", 1, ",'rope_parameters':{'rope_type':'linear','factor':2,'rope_theta':7e4}");
        assertThat(recent).isEqualTo(old);
        assertThat(rope(old, 0)).isEqualTo(new Rope(7e4, 4, new RopeScaling.Linear(2)));
        assertThat(rope(config("llama", 1, ",'rope_scaling':null"), 0)).isEqualTo(new Rope(1e4, 4, null));
    }

    @Test
    void aPhiRotatesPartOfEachHead() {
        assertThat(rope(config("phi3", 1, ",'head_dim':8,'partial_rotary_factor':0.75"), 0)
                        .dims())
                .isEqualTo(6);
        assertThat(rope(config("phi3", 1, ",'head_dim':8,'rope_parameters':{'partial_rotary_factor':0.5}"), 0)
                        .dims())
                .isEqualTo(4);
    }

    @Test
    void olderNamesOfLongropeAreThose() {
        String factors = "'short_factor':[1,1],'long_factor':[2,2]},'max_position_embeddings':32,"
                + "'original_max_position_embeddings':8";
        for (String type : List.of("su", "yarn", "longrope")) {
            Rope rope = rope(config("phi3", 1, ",'rope_scaling':{'type':'" + type + "'," + factors), 0);
            assertThat(rope.sameUpTo()).isEqualTo(8);
            assertThat(rope.magnitude()).isEqualTo(Math.sqrt(1 + Math.log(4) / Math.log(8)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "llama | 'attn_logit_softcapping':50.0 | attn_logit_softcapping is 50.0 but must be absent or null",
                "llama | 'final_logit_softcapping':30.0 | final_logit_softcapping is 30.0 but must be absent or null",
                "gemma3_text | 'attn_logit_softcapping':50.0 | attn_logit_softcapping is 50.0",
                "llama | 'sliding_window':128 | sliding_window is 128 but must be absent or null",
                "gemma3_text | 'use_bidirectional_attention':true | use_bidirectional_attention is true",
                "gemma | 'use_bidirectional_attention':true | use_bidirectional_attention is true",
                "llama | 'is_causal':false | is_causal is false but must be true",
                "qwen3 | 'num_experts':64 | num_experts is 64 but must be absent or 0",
                "mistral | 'num_local_experts':8 | num_local_experts is 8",
                "llama | 'quantization_config':{'bits':4} | quantization_config is",
                "llama | 'mlp_bias':true | mlp_bias is true",
                "mistral | 'attention_bias':true | attention_bias is true",
                "llama | 'partial_rotary_factor':0.5 | partial_rotary_factor is 0.5 but must be absent or 1",
                "llama | 'rope_parameters':{'rope_type':'default','partial_rotary_factor':0.5} | rope_parameters.partial_rotary_factor is 0.5",
                "llama | 'rope_scaling':{'rope_type':'ntk','factor':2} | rope_scaling.rope_type is 'ntk'",
                "llama | 'rope_parameters':{'rope_type':'proportional'} | rope_parameters.rope_type is 'proportional'",
                "llama | 'rope_parameters':{'full_attention':{'rope_type':'default'}} | one object for all layers",
                "gemma3_text | 'rope_parameters':{'rope_type':'default','rope_theta':5} | an object for each of the layer types",
                "llama | 'rope_scaling':{'type':'linear'} | factor is missing",
                "phi3 | 'rope_scaling':{'type':'longrope','short_factor':[1],'long_factor':[1,1]} | short_factor is 1 long but must be a list of 2 numbers",
                "phi3 | 'partial_rotary_factor':1.5 | partial_rotary_factor is 1.5",
                "smollm3 | 'no_rope_layers':[1] | no_rope_layers is 1 long but must be a list of at least num_hidden_layers",
                "smollm3 | 'no_rope_layers':[1,2] | no_rope_layers is 2 but must be a list of 0 and 1",
                "mistral | 'layer_types':['sliding_attention','full_attention'] | layer_types[1] is full_attention but must be sliding_attention",
                "llama | 'layer_types':['chunked_attention','full_attention'] | layer_types[0] is chunked_attention",
                "gemma3_text | 'sliding_window':null | layer_types[0] is sliding_attention but must be full_attention",
                "gemma3_text | '_sliding_window_pattern':4 | _sliding_window_pattern is 4",
                "siglip_vision_model | 'x':1 | model_type is 'siglip_vision_model' but must be one of",
                "mixtral | 'x':1 | model_type is 'mixtral' but must be one of",
                "gemma3 | 'x':1 | text_config is missing but must be the configuration of the text part",
            })
    void whatChangesTheMathematicsAndIsNotComputedIsRefused(String family, String key, String complaint) {
        assertThatThrownBy(() -> config(family, 2, "," + key))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("m/config.json: ")
                .hasMessageContaining(complaint);
    }
}
