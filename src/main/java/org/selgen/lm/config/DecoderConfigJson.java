package org.selgen.lm.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;
import org.selgen.file.FolderFile;
import org.selgen.file.JsonFile;

/**
 * Reads config.json as transformers 4.55 and 5 do, with their defaults for absent keys. Where this departs: an absent
 * {@code num_key_value_heads} always means as many as heads; a wrong guess is caught by the shapes of the weights.
 */
public final class DecoderConfigJson {
    public static final String FILE = "config.json";
    private static final String SLIDING = "sliding_attention";
    private static final String FULL = "full_attention";
    private static final int MAX_LAYERS = 1000;

    private final ObjectNode json;
    private final ConfigFields fields;
    private final Family family;

    private DecoderConfigJson(ObjectNode json, String where) {
        this.json = json;
        this.fields = new ConfigFields(json, where);
        String type = json.path("model_type").asText("");
        this.family = Family.named(type)
                .orElseThrow(() -> fields.bad("model_type", "'" + type + "'", "one of " + Family.names()));
    }

    /**
     * Reads {@code config.json} of a model folder.
     *
     * @throws BadInput if it is missing or not strict JSON, the family is unknown, or a value is one we cannot compute
     */
    public static DecoderConfig read(Path folder) {
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
        return new DecoderConfigJson(json, where).config();
    }

    private DecoderConfig config() {
        fields.refuse("quantization_config");
        fields.refuse("mlp_bias");
        int layers = fields.size("num_hidden_layers", null);
        int heads = fields.size("num_attention_heads", null);
        int hidden = fields.size("hidden_size", null);
        int headDim = fields.size("head_dim", defaultHeadDim(hidden, heads));
        int kvHeads = fields.size("num_key_value_heads", heads);
        fields.check("num_hidden_layers", layers, layers <= MAX_LAYERS, "at most " + MAX_LAYERS);
        fields.check("head_dim", headDim, headDim % 2 == 0, "even");
        fields.check(
                "num_key_value_heads", kvHeads, heads % kvHeads == 0, "a divisor of num_attention_heads, " + heads);
        boolean bias = fields.flag("attention_bias", false);
        Integer window = window();
        return new DecoderConfig(
                family,
                fields.size("vocab_size", null),
                hidden,
                layers,
                heads,
                kvHeads,
                headDim,
                fields.size("intermediate_size", null),
                fields.positive(json, "rms_norm_eps", 1e-6),
                ropeTheta(),
                ropeScaling(),
                fields.size("max_position_embeddings", defaultPositions()),
                fields.flag("tie_word_embeddings", family.gemma()),
                activation(),
                family == Family.QWEN2 || bias,
                family != Family.QWEN2 && bias,
                1
                        / Math.sqrt(
                                family == Family.GEMMA2
                                        ? fields.positive(json, "query_pre_attn_scalar", 256.0)
                                        : headDim),
                family == Family.GEMMA2 ? softcap("attn_logit_softcapping", 50.0) : null,
                family == Family.GEMMA2 ? softcap("final_logit_softcapping", 30.0) : null,
                window,
                slidingLayers(layers, window));
    }

    private int defaultHeadDim(int hidden, int heads) {
        return switch (family) {
            case GEMMA, GEMMA2 -> 256;
            case QWEN3 -> 128;
            case QWEN2, LLAMA -> hidden / heads;
        };
    }

    private int defaultPositions() {
        return switch (family) {
            case GEMMA, GEMMA2 -> 8192;
            case QWEN2, QWEN3 -> 32768;
            case LLAMA -> 2048;
        };
    }

    /**
     * Gemma 2 has {@code hidden_activation}; all others have {@code hidden_act}. First-generation Gemma files may hold
     * both and disagree: transformers up to 4.47 used {@code hidden_activation} (tanh GELU if absent); 4.55 and 5 use
     * {@code hidden_act} alone, and so do we.
     */
    private Activation activation() {
        String key = family == Family.GEMMA2 ? "hidden_activation" : "hidden_act";
        String name = fields.absent(key)
                ? (family.gemma() ? "gelu_pytorch_tanh" : "silu")
                : json.get(key).asText();
        return Activation.named(name)
                .orElseThrow(() -> fields.bad(key, "'" + name + "'", "one of " + Activation.names()));
    }

    /** Transformers 5 keeps all rotary values under {@code rope_parameters}. */
    private double ropeTheta() {
        JsonNode parameters = json.path("rope_parameters");
        return fields.positive(parameters.has("rope_theta") ? parameters : json, "rope_theta", 10_000.0);
    }

    private @Nullable RopeScaling ropeScaling() {
        String key = fields.absent("rope_parameters") ? "rope_scaling" : "rope_parameters";
        if (fields.absent(key)) {
            return null;
        }
        JsonNode node = json.get(key);
        String type = node.has("rope_type")
                ? node.get("rope_type").asText()
                : node.path("type").asText("");
        if (type.equals("default")) {
            return null;
        }
        if (!type.equals("llama3")) {
            throw fields.bad(key, node.toString(), "absent, or of rope_type 'default' or 'llama3'");
        }
        double low = fields.positive(node, "low_freq_factor", null);
        double high = fields.positive(node, "high_freq_factor", null);
        fields.check(key + ".high_freq_factor", high, high > low, "greater than low_freq_factor, " + low);
        double positions = fields.positive(node, "original_max_position_embeddings", null);
        fields.check(
                key + ".original_max_position_embeddings",
                positions,
                positions <= ConfigFields.MAX_SIZE,
                "at most " + ConfigFields.MAX_SIZE);
        return new RopeScaling(fields.positive(node, "factor", null), low, high, (int) positions);
    }

    private @Nullable Double softcap(String key, double absent) {
        return json.has(key) && json.get(key).isNull() ? null : (Double) fields.positive(json, key, absent);
    }

    private @Nullable Integer window() {
        return switch (family) {
            case GEMMA, LLAMA -> null;
            case GEMMA2 -> fields.isNull("sliding_window") ? null : (Integer) fields.size("sliding_window", 4096);
            case QWEN2, QWEN3 ->
                fields.flag("use_sliding_window", false) && !fields.isNull("sliding_window")
                        ? (Integer) fields.size("sliding_window", 4096)
                        : null;
        };
    }

    private Set<Integer> slidingLayers(int layers, @Nullable Integer window) {
        if (!fields.absent("layer_types")) {
            return declaredLayers(layers, window);
        }
        if (window == null) {
            return Set.of();
        }
        int firstFull = family == Family.GEMMA2 ? 0 : fields.size("max_window_layers", 28);
        return IntStream.range(0, layers)
                .filter(layer -> family == Family.GEMMA2 ? layer % 2 == 0 : layer >= firstFull)
                .boxed()
                .collect(Collectors.toUnmodifiableSet());
    }

    private Set<Integer> declaredLayers(int layers, @Nullable Integer window) {
        JsonNode types = json.get("layer_types");
        fields.check("layer_types", types.size(), types.size() == layers, "as long as num_hidden_layers, " + layers);
        Set<Integer> sliding = new TreeSet<>();
        for (int layer = 0; layer < layers; layer++) {
            String type = types.get(layer).asText();
            fields.check(
                    "layer_types[" + layer + "]",
                    type,
                    type.equals(SLIDING) || type.equals(FULL),
                    SLIDING + " or " + FULL);
            if (type.equals(SLIDING)) {
                fields.check(
                        "layer_types[" + layer + "]", type, window != null, FULL + " where no sliding_window is set");
                sliding.add(layer);
            }
        }
        return Set.copyOf(sliding);
    }
}
