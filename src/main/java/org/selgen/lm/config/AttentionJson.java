package org.selgen.lm.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads which layers have a sliding window, and which rotate their queries and keys, and how. */
final class AttentionJson {
    static final String SLIDING = "sliding_attention";
    static final String FULL = "full_attention";
    private static final String TYPES = "layer_types";
    private static final String WINDOW = "sliding_window";
    private static final String PATTERN = "sliding_window_pattern";
    private static final String UNROTATED = "no_rope_layers";

    private final ConfigFields fields;
    private final Family family;
    private final int layers;

    AttentionJson(ConfigFields fields, Family family, int layers) {
        this.fields = fields;
        this.family = family;
        this.layers = layers;
    }

    List<LayerAttention> layers(RopeJson ropes) {
        Integer window = window();
        IntPredicate rotated = rotated();
        IntPredicate sliding = sliding(window, rotated);
        Rope full = ropes.full();
        Rope local = family == Family.GEMMA3_TEXT ? ropes.sliding() : full;
        return IntStream.range(0, layers)
                .mapToObj(layer -> new LayerAttention(
                        sliding.test(layer) ? window : null,
                        !rotated.test(layer) ? null : sliding.test(layer) ? local : full))
                .toList();
    }

    private @Nullable Integer window() {
        return switch (family) {
            case GEMMA, LLAMA, OLMO2 -> {
                fields.off(WINDOW);
                yield null;
            }
            case GEMMA2, GEMMA3_TEXT, MISTRAL -> fields.isNull(WINDOW) ? null : (Integer) fields.size(WINDOW, 4096);
            case PHI3, SMOLLM3 -> fields.absent(WINDOW) ? null : (Integer) fields.size(WINDOW, null);
            case QWEN2, QWEN3 ->
                fields.flag("use_sliding_window", false) && !fields.isNull(WINDOW)
                        ? (Integer) fields.size(WINDOW, 4096)
                        : null;
        };
    }

    /** Which layers slide, by the list of their types, or by the family's rule where there is none. */
    private IntPredicate sliding(@Nullable Integer window, IntPredicate rotated) {
        IntPredicate rule = switch (family) {
            case GEMMA, LLAMA, OLMO2 -> layer -> false;
            case MISTRAL, PHI3 -> layer -> window != null;
            case GEMMA2 -> layer -> layer % 2 == 0;
            case GEMMA3_TEXT -> {
                int pattern = pattern();
                yield layer -> (layer + 1) % pattern != 0;
            }
            case QWEN2, QWEN3 -> {
                int first = window == null ? layers : fields.natural("max_window_layers", 28);
                yield layer -> layer >= first;
            }
            case SMOLLM3 -> {
                boolean use = window != null && fields.flag("use_sliding_window", false);
                yield layer -> use && !rotated.test(layer);
            }
        };
        List<Boolean> types = fields.absent(TYPES) ? List.of() : types();
        for (int layer = 0; layer < layers; layer++) {
            boolean slides = types.isEmpty() ? rule.test(layer) : types.get(layer);
            if (!types.isEmpty() && alike()) {
                fields.check(
                        TYPES + "[" + layer + "]",
                        types.get(layer) ? SLIDING : FULL,
                        slides == rule.test(layer),
                        (rule.test(layer) ? SLIDING : FULL) + ", as every layer of this " + family.modelType()
                                + " model");
            }
            fields.check(
                    TYPES + "[" + layer + "]",
                    SLIDING,
                    !slides || window != null,
                    FULL + " where no " + WINDOW + " is set");
        }
        return types.isEmpty() ? rule : types::get;
    }

    /** Whether all layers of the family are of one type, so that transformers does not read their list. */
    private boolean alike() {
        return switch (family) {
            case GEMMA, LLAMA, OLMO2, MISTRAL, PHI3 -> true;
            case GEMMA2, GEMMA3_TEXT, QWEN2, QWEN3, SMOLLM3 -> false;
        };
    }

    private List<Boolean> types() {
        JsonNode types = fields.json().get(TYPES);
        fields.check(TYPES, types.size(), types.size() == layers, "as long as num_hidden_layers, " + layers);
        List<Boolean> sliding = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            String type = types.get(layer).asText();
            fields.check(
                    TYPES + "[" + layer + "]",
                    type,
                    type.equals(SLIDING) || type.equals(FULL),
                    SLIDING + " or " + FULL);
            sliding.add(type.equals(SLIDING));
        }
        return sliding;
    }

    /** Gemma 3: every so many layers one is full. */
    private int pattern() {
        int pattern = fields.size(PATTERN, 6);
        fields.check(
                "_" + PATTERN,
                fields.json().path("_" + PATTERN),
                fields.absent(TYPES) ? fields.size("_" + PATTERN, pattern) == pattern : true,
                "absent or " + pattern + " where no " + TYPES + " are given");
        return pattern;
    }

    /** SmolLM3: 1 for a layer that rotates, 0 for one that does not; by default every fourth does not. */
    private IntPredicate rotated() {
        if (family != Family.SMOLLM3) {
            return layer -> true;
        }
        if (fields.absent(UNROTATED)) {
            int interval = fields.size("no_rope_layer_interval", 4);
            return layer -> (layer + 1) % interval != 0;
        }
        JsonNode list = fields.json().get(UNROTATED);
        fields.check(
                UNROTATED,
                list.size() + " long",
                list.isArray() && list.size() >= layers,
                "a list of at least num_hidden_layers numbers, " + layers);
        for (JsonNode one : list) {
            fields.check(
                    UNROTATED, one, one.isInt() && (one.intValue() == 0 || one.intValue() == 1), "a list of 0 and 1");
        }
        return layer -> list.get(layer).intValue() == 1;
    }
}
