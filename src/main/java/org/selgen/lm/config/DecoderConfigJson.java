package org.selgen.lm.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;
import org.selgen.file.FolderFile;
import org.selgen.file.JsonFile;

/**
 * Reads config.json as transformers 4.55 and 5 do, with their defaults for absent keys. Where this departs: sizes that
 * real files always state are required, and a key whose value would change what a model computes, in a way that we do
 * not compute, is refused.
 */
public final class DecoderConfigJson {
    public static final String FILE = "config.json";

    /** {@code model_type} of a folder that has a vision part beside the text part. */
    private static final String WITH_VISION = "gemma3";

    private static final String TEXT = "text_config";
    private static final int MAX_LAYERS = 1000;

    private final ConfigFields fields;
    private final Family family;
    private final String module;

    private DecoderConfigJson(ConfigFields fields, Family family, String module) {
        this.fields = fields;
        this.family = family;
        this.module = module;
    }

    /**
     * Reads {@code config.json} of a model folder.
     *
     * @throws BadInput if it is missing or not strict JSON, the family is unknown, or a value is one we cannot compute
     */
    public static DecoderConfig read(Path folder) {
        AdapterFolder.refuse(folder);
        Path path = FolderFile.of(folder, FILE);
        return parse(JsonFile.read(path), path.toString());
    }

    /**
     * The configuration that a JSON object states.
     *
     * @param where the name of the object's file, to begin an error with
     * @throws BadInput as {@link #read}
     */
    public static DecoderConfig parse(ObjectNode json, String where) {
        ConfigFields fields = new ConfigFields(json, where);
        String type = json.path("model_type").asText("");
        if (type.equals(WITH_VISION)) {
            return new DecoderConfigJson(text(fields), Family.GEMMA3_TEXT, "model.language_model").config();
        }
        Family family = Family.named(type)
                .orElseThrow(() -> fields.bad(
                        "model_type",
                        "'" + type + "'",
                        "one of "
                                + Stream.concat(Family.names().stream(), Stream.of(WITH_VISION))
                                        .toList()));
        return new DecoderConfigJson(fields, family, "model").config();
    }

    /** The text part, under the settings that hold for the whole. */
    private static ConfigFields text(ConfigFields whole) {
        whole.refuse("quantization_config");
        JsonNode text = whole.json().path(TEXT);
        whole.check(TEXT, ConfigFields.shown(text), text.isObject(), "the configuration of the text part");
        ConfigFields part = new ConfigFields(((ObjectNode) text).deepCopy(), whole.where() + ": " + TEXT);
        String type = text.path("model_type").asText(Family.GEMMA3_TEXT.modelType());
        part.check(
                "model_type",
                "'" + type + "'",
                type.equals(Family.GEMMA3_TEXT.modelType()),
                "'" + Family.GEMMA3_TEXT.modelType() + "'");
        if (whole.json().has("tie_word_embeddings")) {
            part.json().set("tie_word_embeddings", whole.json().get("tie_word_embeddings"));
        }
        return part;
    }

    private DecoderConfig config() {
        UnsupportedKeys.refuse(fields, family);
        int layers = fields.size("num_hidden_layers", null);
        int heads = fields.size("num_attention_heads", defaultHeads());
        int hidden = fields.size("hidden_size", null);
        int headDim = fields.size("head_dim", defaultHeadDim(hidden, heads));
        int kvHeads = fields.isNull("num_key_value_heads")
                ? heads
                : fields.size("num_key_value_heads", defaultKvHeads(heads));
        fields.check("num_hidden_layers", layers, layers <= MAX_LAYERS, "at most " + MAX_LAYERS);
        fields.check("head_dim", headDim, headDim % 2 == 0, "even");
        fields.check(
                "num_key_value_heads", kvHeads, heads % kvHeads == 0, "a divisor of num_attention_heads, " + heads);
        boolean bias = fields.flag("attention_bias", false);
        int positions = fields.size("max_position_embeddings", defaultPositions());
        boolean scaled = family == Family.GEMMA2 || family == Family.GEMMA3_TEXT;
        List<LayerAttention> attention =
                new AttentionJson(fields, family, layers).layers(new RopeJson(fields, family, headDim, positions));
        return new DecoderConfig(
                family,
                module,
                fields.size("vocab_size", family == Family.GEMMA3_TEXT ? (Integer) 262_208 : null),
                hidden,
                heads,
                kvHeads,
                headDim,
                fields.size("intermediate_size", null),
                fields.positive(
                        fields.json(), "rms_norm_eps", family == Family.PHI3 || family == Family.OLMO2 ? 1e-5 : 1e-6),
                positions,
                fields.flag("tie_word_embeddings", family.gemma() || family == Family.SMOLLM3),
                activation(),
                family == Family.QWEN2 || bias,
                family != Family.QWEN2 && bias,
                1 / Math.sqrt(scaled ? fields.positive(fields.json(), "query_pre_attn_scalar", 256.0) : headDim),
                family == Family.GEMMA2 ? softcap("attn_logit_softcapping", 50.0) : null,
                logitSoftcap(),
                attention);
    }

    /** Required but in Gemma 3, whose files leave it out. */
    private @Nullable Integer defaultHeads() {
        return family == Family.GEMMA3_TEXT ? 8 : null;
    }

    private int defaultHeadDim(int hidden, int heads) {
        return switch (family) {
            case GEMMA, GEMMA2, GEMMA3_TEXT -> 256;
            case QWEN3 -> 128;
            case QWEN2, LLAMA, MISTRAL, PHI3, SMOLLM3, OLMO2 -> hidden / heads;
        };
    }

    private int defaultKvHeads(int heads) {
        return switch (family) {
            case GEMMA -> 16;
            case GEMMA2, GEMMA3_TEXT, SMOLLM3 -> 4;
            case MISTRAL -> 8;
            case QWEN2, QWEN3 -> 32;
            case LLAMA, PHI3, OLMO2 -> heads;
        };
    }

    private int defaultPositions() {
        return switch (family) {
            case GEMMA, GEMMA2 -> 8192;
            case QWEN2, QWEN3, SMOLLM3 -> 32_768;
            case GEMMA3_TEXT, MISTRAL -> 131_072;
            case LLAMA, OLMO2 -> 2048;
            case PHI3 -> 4096;
        };
    }

    /**
     * Gemma 2 and 3 have {@code hidden_activation}; all others have {@code hidden_act}. First-generation Gemma files may
     * hold both and disagree: transformers up to 4.47 used {@code hidden_activation} (tanh GELU if absent); 4.55 uses
     * {@code hidden_act} alone, and so do we.
     */
    private Activation activation() {
        String key = family == Family.GEMMA2 || family == Family.GEMMA3_TEXT ? "hidden_activation" : "hidden_act";
        String name = fields.absent(key)
                ? (family.gemma() ? "gelu_pytorch_tanh" : "silu")
                : fields.json().get(key).asText();
        return Activation.named(name)
                .orElseThrow(() -> fields.bad(key, "'" + name + "'", "one of " + Activation.names()));
    }

    private @Nullable Double logitSoftcap() {
        String key = "final_logit_softcapping";
        return switch (family) {
            case GEMMA2 -> softcap(key, 30.0);
            case GEMMA3_TEXT -> fields.absent(key) ? null : softcap(key, null);
            case GEMMA, QWEN2, QWEN3, LLAMA, MISTRAL, PHI3, SMOLLM3, OLMO2 -> null;
        };
    }

    private @Nullable Double softcap(String key, @Nullable Double absent) {
        return fields.isNull(key) ? null : (Double) fields.positive(fields.json(), key, absent);
    }
}
