package org.selgen.stage.toy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.lm.config.DecoderConfigJson;
import org.selgen.source.toy.ToyTokenizer;
import org.selgen.train.Pretraining;

/** The config.json of the small model: Gemma's architecture in miniature. */
public record ToyModel(ObjectNode json, DecoderConfig config) {
    static final String FAMILY = "gemma";

    public ToyModel(Pretraining knobs, Path folder) {
        this(of(knobs), folder);
    }

    private ToyModel(ObjectNode json, Path folder) {
        this(
                json,
                DecoderConfigJson.parse(
                        json, folder.resolve(DecoderConfigJson.FILE).toString()));
    }

    private static ObjectNode of(Pretraining knobs) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.putArray("architectures").add("GemmaForCausalLM");
        return json.put("model_type", FAMILY)
                .put("vocab_size", ToyTokenizer.VOCABULARY)
                .put("hidden_size", knobs.hidden())
                .put("num_hidden_layers", knobs.layers())
                .put("num_attention_heads", knobs.heads())
                .put("num_key_value_heads", knobs.kvHeads())
                .put("head_dim", knobs.hidden() / knobs.heads())
                .put("intermediate_size", knobs.ffn())
                .put("hidden_act", "gelu_pytorch_tanh")
                .put("hidden_activation", "gelu_pytorch_tanh")
                .put("max_position_embeddings", ToyTokenizer.CONTEXT)
                .put("rms_norm_eps", 1e-6)
                .put("rope_theta", 10000.0)
                .put("attention_bias", false)
                .put("tie_word_embeddings", true)
                .put("pad_token_id", ToyTokenizer.PAD)
                .put("eos_token_id", ToyTokenizer.EOS)
                .put("bos_token_id", ToyTokenizer.BOS)
                .put("torch_dtype", "float32");
    }
}
