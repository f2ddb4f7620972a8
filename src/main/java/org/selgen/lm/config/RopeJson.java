package org.selgen.lm.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads how positions are embedded, in both spellings: {@code rope_theta}, {@code rope_scaling},
 * {@code rope_local_base_freq} and {@code partial_rotary_factor}, or {@code rope_parameters} of transformers 5. Where a
 * file has both, {@code rope_scaling} counts, as in transformers 5.24.
 */
final class RopeJson {
    private static final String NEW = "rope_parameters";
    private static final String OLD = "rope_scaling";
    private static final String THETA = "rope_theta";
    private static final String SHARE = "partial_rotary_factor";
    private static final String ORIGINAL = "original_max_position_embeddings";
    private static final List<String> TYPES = List.of("default", "linear", "dynamic", "llama3", "yarn", "longrope");

    private final ConfigFields fields;
    private final Family family;
    private final int headDim;
    private final int maxPositions;

    RopeJson(ConfigFields fields, Family family, int headDim, int maxPositions) {
        this.fields = fields;
        this.family = family;
        this.headDim = headDim;
        this.maxPositions = maxPositions;
    }

    /** The rotation of most layers; of Gemma 3 that of its full layers. */
    Rope full() {
        if (family == Family.GEMMA3_TEXT) {
            ObjectNode merged = nested(AttentionJson.FULL);
            if (!fields.absent(OLD)) {
                merged.setAll((ObjectNode) object(OLD));
            }
            return rope(merged, NEW + "." + AttentionJson.FULL, THETA, 1_000_000);
        }
        String key = fields.absent(OLD) || object(OLD).isEmpty() ? NEW : OLD;
        JsonNode node = fields.absent(key) ? JsonNodeFactory.instance.objectNode() : object(key);
        fields.check(
                key,
                node,
                !node.has(AttentionJson.FULL),
                "one object for all layers of a " + family.modelType() + " model");
        return rope(node, key, THETA, family == Family.SMOLLM3 ? 2_000_000 : 10_000);
    }

    /** The rotation of Gemma 3's layers with a sliding window. */
    Rope sliding() {
        return rope(nested(AttentionJson.SLIDING), NEW + "." + AttentionJson.SLIDING, "rope_local_base_freq", 10_000);
    }

    private ObjectNode nested(String layers) {
        if (fields.absent(NEW)) {
            return JsonNodeFactory.instance.objectNode();
        }
        JsonNode all = object(NEW);
        fields.check(
                NEW,
                all,
                !all.has(THETA) && !all.has("rope_type"),
                "an object for each of the layer types of a " + family.modelType() + " model");
        JsonNode own = all.path(layers);
        fields.check(NEW + "." + layers, own, own.isObject() || own.isNull() || own.isMissingNode(), "an object");
        return own.isObject() ? ((ObjectNode) own).deepCopy() : JsonNodeFactory.instance.objectNode();
    }

    private JsonNode object(String key) {
        JsonNode node = fields.json().get(key);
        fields.check(key, node, node.isObject(), "an object");
        return node;
    }

    private Rope rope(JsonNode node, String key, String thetaKey, double theta) {
        double base =
                node.has(THETA) ? fields.positive(node, THETA, null) : fields.positive(fields.json(), thetaKey, theta);
        int dims = dims(node, key);
        String type = node.path(node.has("rope_type") ? "rope_type" : "type").asText("default");
        return switch (family == Family.PHI3 && (type.equals("su") || type.equals("yarn")) ? "longrope" : type) {
            // 'dynamic' stretches rows beyond max_position_embeddings only, and those are refused
            case "default", "dynamic" -> new Rope(base, dims, null);
            case "linear" -> new Rope(base, dims, new RopeScaling.Linear(factor(node)));
            case "llama3" -> new Rope(base, dims, llama3(node, key));
            case "yarn" -> new Rope(base, dims, yarn(node));
            case "longrope" -> new Rope(base, dims, longRope(node, key, dims));
            default -> throw fields.bad(key + ".rope_type", "'" + type + "'", "one of " + TYPES);
        };
    }

    private int dims(JsonNode node, String key) {
        double share =
                node.has(SHARE) ? fields.positive(node, SHARE, null) : fields.positive(fields.json(), SHARE, 1.0);
        String where = node.has(SHARE) ? key + "." + SHARE : SHARE;
        if (family != Family.PHI3) {
            fields.check(where, share, share == 1, "absent or 1 in a " + family.modelType() + " model");
        }
        int dims = (int) (headDim * share);
        fields.check(
                where,
                share,
                share <= 1 && dims > 0 && dims % 2 == 0,
                "such that an even number of the " + headDim + " numbers of a head is rotated");
        return dims;
    }

    private double factor(JsonNode node) {
        return fields.positive(node, "factor", null);
    }

    /** Phi-3 has it beside the rope's object, and with a default of its own; the others within it. */
    private int original(JsonNode node) {
        if (family == Family.PHI3) {
            return fields.size(ORIGINAL, 4096);
        }
        double positions = fields.positive(node, ORIGINAL, (double) maxPositions);
        fields.check(
                ORIGINAL,
                positions,
                positions == Math.rint(positions) && positions <= ConfigFields.MAX_SIZE,
                "a whole number of at most " + ConfigFields.MAX_SIZE);
        return (int) positions;
    }

    private RopeScaling llama3(JsonNode node, String key) {
        double low = fields.positive(node, "low_freq_factor", null);
        double high = fields.positive(node, "high_freq_factor", null);
        fields.check(key + ".high_freq_factor", high, high > low, "greater than low_freq_factor, " + low);
        return new RopeScaling.Llama3(factor(node), low, high, original(node));
    }

    private RopeScaling yarn(JsonNode node) {
        int original = original(node);
        double factor = node.hasNonNull("factor") ? factor(node) : (double) maxPositions / original;
        double magnitude;
        if (node.hasNonNull("attention_factor")) {
            magnitude = fields.positive(node, "attention_factor", null);
        } else if (node.path("mscale").asDouble() != 0
                && node.path("mscale_all_dim").asDouble() != 0) {
            magnitude = mscale(factor, fields.positive(node, "mscale", null))
                    / mscale(factor, fields.positive(node, "mscale_all_dim", null));
        } else {
            magnitude = mscale(factor, 1);
        }
        JsonNode truncate = node.path("truncate");
        fields.check("truncate", truncate, truncate.isMissingNode() || truncate.isBoolean(), "true or false");
        return new RopeScaling.Yarn(
                factor,
                magnitude,
                node.hasNonNull("beta_fast") ? fields.positive(node, "beta_fast", null) : 32,
                node.hasNonNull("beta_slow") ? fields.positive(node, "beta_slow", null) : 1,
                original,
                truncate.asBoolean(true));
    }

    private static double mscale(double factor, double scale) {
        return factor <= 1 ? 1 : 0.1 * scale * Math.log(factor) + 1;
    }

    private RopeScaling longRope(JsonNode node, String key, int dims) {
        int original = original(node);
        double factor = node.hasNonNull("factor") ? factor(node) : (double) maxPositions / original;
        double magnitude = factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(original));
        if (node.hasNonNull("attention_factor")) {
            magnitude = fields.positive(node, "attention_factor", null);
        }
        return new RopeScaling.LongRope(
                factors(node, key, "short_factor", dims), factors(node, key, "long_factor", dims), magnitude, original);
    }

    private List<Double> factors(JsonNode node, String key, String name, int dims) {
        JsonNode list = node.path(name);
        fields.check(
                key + "." + name,
                list.isArray() ? list.size() + " long" : list,
                list.isArray() && list.size() == dims / 2,
                "a list of " + dims / 2 + " numbers");
        List<Double> factors = new ArrayList<>();
        for (JsonNode factor : list) {
            fields.check(key + "." + name, factor, factor.isNumber() && factor.doubleValue() > 0, "positive numbers");
            factors.add(factor.doubleValue());
        }
        return factors;
    }
}
