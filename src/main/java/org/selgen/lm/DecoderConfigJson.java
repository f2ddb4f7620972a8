package org.selgen.lm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;

/**
 * Reads config.json as transformers 4.55 and 5 do, with their defaults for absent keys. Where this departs: an absent
 * {@code num_key_value_heads} always means as many as heads; a wrong guess is caught by the shapes of the weights.
 */
final class DecoderConfigJson {
    private static final String SLIDING = "sliding_attention";
    private static final String FULL = "full_attention";
    private static final int MAX_SIZE = 1 << 24;
    private static final int MAX_LAYERS = 1000;

    private final ObjectNode json;
    private final String where;
    private final Family family;

    DecoderConfigJson(ObjectNode json, String where) {
        this.json = json;
        this.where = where;
        String type = json.path("model_type").asText("");
        this.family =
                Family.named(type).orElseThrow(() -> bad("model_type", "'" + type + "'", "one of " + Family.names()));
    }

    DecoderConfig config() {
        refuse("quantization_config");
        refuse("mlp_bias");
        int layers = size("num_hidden_layers", null);
        int heads = size("num_attention_heads", null);
        int hidden = size("hidden_size", null);
        int headDim = size("head_dim", defaultHeadDim(hidden, heads));
        int kvHeads = size("num_key_value_heads", heads);
        check("num_hidden_layers", layers, layers <= MAX_LAYERS, "at most " + MAX_LAYERS);
        check("head_dim", headDim, headDim % 2 == 0, "even");
        check("num_key_value_heads", kvHeads, heads % kvHeads == 0, "a divisor of num_attention_heads, " + heads);
        boolean bias = flag("attention_bias", false);
        Integer window = window();
        return new DecoderConfig(
                family,
                size("vocab_size", null),
                hidden,
                layers,
                heads,
                kvHeads,
                headDim,
                size("intermediate_size", null),
                positive(json, "rms_norm_eps", 1e-6),
                ropeTheta(),
                ropeScaling(),
                size("max_position_embeddings", defaultPositions()),
                flag("tie_word_embeddings", family.gemma()),
                activation(),
                family == Family.QWEN2 || bias,
                family != Family.QWEN2 && bias,
                1 / Math.sqrt(family == Family.GEMMA2 ? positive(json, "query_pre_attn_scalar", 256.0) : headDim),
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
     * Gemma 2 says {@code hidden_activation}; all others {@code hidden_act}. First-generation Gemma files may hold both
     * and disagree: transformers up to 4.47 obeyed {@code hidden_activation} (tanh GELU if absent), 4.55 and 5 obey
     * {@code hidden_act} alone, and so do we.
     */
    private Activation activation() {
        String key = family == Family.GEMMA2 ? "hidden_activation" : "hidden_act";
        String name = absent(key)
                ? (family.gemma() ? "gelu_pytorch_tanh" : "silu")
                : json.get(key).asText();
        return Activation.named(name).orElseThrow(() -> bad(key, "'" + name + "'", "one of " + Activation.names()));
    }

    /** Transformers 5 keeps all rotary values under {@code rope_parameters}. */
    private double ropeTheta() {
        JsonNode parameters = json.path("rope_parameters");
        return positive(parameters.has("rope_theta") ? parameters : json, "rope_theta", 10_000.0);
    }

    private @Nullable RopeScaling ropeScaling() {
        String key = absent("rope_parameters") ? "rope_scaling" : "rope_parameters";
        if (absent(key)) {
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
            throw bad(key, node.toString(), "absent, or of rope_type 'default' or 'llama3'");
        }
        double low = positive(node, "low_freq_factor", null);
        double high = positive(node, "high_freq_factor", null);
        check(key + ".high_freq_factor", high, high > low, "greater than low_freq_factor, " + low);
        double positions = positive(node, "original_max_position_embeddings", null);
        check(key + ".original_max_position_embeddings", positions, positions <= MAX_SIZE, "at most " + MAX_SIZE);
        return new RopeScaling(positive(node, "factor", null), low, high, (int) positions);
    }

    private @Nullable Double softcap(String key, double absent) {
        return json.has(key) && json.get(key).isNull() ? null : (Double) positive(json, key, absent);
    }

    private @Nullable Integer window() {
        return switch (family) {
            case GEMMA, LLAMA -> null;
            case GEMMA2 -> nullable("sliding_window") ? null : (Integer) size("sliding_window", 4096);
            case QWEN2, QWEN3 ->
                flag("use_sliding_window", false) && !nullable("sliding_window")
                        ? (Integer) size("sliding_window", 4096)
                        : null;
        };
    }

    private Set<Integer> slidingLayers(int layers, @Nullable Integer window) {
        if (!absent("layer_types")) {
            return declaredLayers(layers, window);
        }
        if (window == null) {
            return Set.of();
        }
        int firstFull = family == Family.GEMMA2 ? 0 : size("max_window_layers", 28);
        return IntStream.range(0, layers)
                .filter(layer -> family == Family.GEMMA2 ? layer % 2 == 0 : layer >= firstFull)
                .boxed()
                .collect(Collectors.toUnmodifiableSet());
    }

    private Set<Integer> declaredLayers(int layers, @Nullable Integer window) {
        JsonNode types = json.get("layer_types");
        check("layer_types", types.size(), types.size() == layers, "as long as num_hidden_layers, " + layers);
        Set<Integer> sliding = new TreeSet<>();
        for (int layer = 0; layer < layers; layer++) {
            String type = types.get(layer).asText();
            check(
                    "layer_types[" + layer + "]",
                    type,
                    type.equals(SLIDING) || type.equals(FULL),
                    SLIDING + " or " + FULL);
            if (type.equals(SLIDING)) {
                check("layer_types[" + layer + "]", type, window != null, FULL + " where no sliding_window is set");
                sliding.add(layer);
            }
        }
        return Set.copyOf(sliding);
    }

    private int size(String key, @Nullable Integer absent) {
        if (absent(key) && absent != null) {
            return absent;
        }
        JsonNode node = json.path(key);
        check(
                key,
                shown(node),
                node.isInt() && node.intValue() > 0 && node.intValue() <= MAX_SIZE,
                "a whole number from 1 to " + MAX_SIZE);
        return node.intValue();
    }

    private double positive(JsonNode object, String key, @Nullable Double absent) {
        JsonNode node = object.path(key);
        if (node.isMissingNode() && absent != null) {
            return absent;
        }
        check(
                key,
                shown(node),
                node.isNumber() && node.doubleValue() > 0 && node.doubleValue() < 1e12,
                "a positive number");
        return node.doubleValue();
    }

    private boolean flag(String key, boolean absent) {
        if (absent(key)) {
            return absent;
        }
        check(key, shown(json.get(key)), json.get(key).isBoolean(), "true or false");
        return json.get(key).booleanValue();
    }

    private void refuse(String key) {
        if (!absent(key) && !(json.get(key).isBoolean() && !json.get(key).booleanValue())) {
            throw bad(key, shown(json.get(key)), "absent: models that need it are not supported");
        }
    }

    private boolean absent(String key) {
        return !json.hasNonNull(key);
    }

    private boolean nullable(String key) {
        return json.has(key) && json.get(key).isNull();
    }

    private void check(String key, Object value, boolean holds, String bound) {
        if (!holds) {
            throw bad(key, value.toString(), bound);
        }
    }

    private static String shown(JsonNode node) {
        String text = node.isMissingNode() ? "missing" : node.toString();
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }

    private BadInput bad(String key, String value, String bound) {
        return new BadInput(where + ": " + key + " is " + value + " but must be " + bound
                + "; choose a model of a known family and kind");
    }
}
