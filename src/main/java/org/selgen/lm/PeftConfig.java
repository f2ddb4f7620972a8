package org.selgen.lm;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The content of PEFT's adapter_config.json for a LoRA adapter.
 *
 * @param base path of the base model when the adapter was trained; for information only
 * @param lora rank, alpha and target modules of most layers
 * @param rankPattern ranks of the layers whose module name ends with this regular expression; the first match counts
 * @param alphaPattern alphas, likewise
 */
public record PeftConfig(
        String base, LoraConfig lora, Map<String, Integer> rankPattern, Map<String, Double> alphaPattern) {

    public PeftConfig {
        rankPattern = Collections.unmodifiableMap(new LinkedHashMap<>(rankPattern));
        alphaPattern = Collections.unmodifiableMap(new LinkedHashMap<>(alphaPattern));
    }

    /** A configuration with the same rank and alpha in all layers. */
    public PeftConfig(String base, LoraConfig lora) {
        this(base, lora, Map.of(), Map.of());
    }

    /** Rank of a module such as {@code model.layers.0.self_attn.q_proj}. */
    public int rank(String module) {
        return matching(rankPattern, module, lora.r());
    }

    /** Factor on B A x of a module, from its own rank and alpha. */
    public float scale(String module) {
        return lora.scale(rank(module), matching(alphaPattern, module, (double) lora.alpha()));
    }

    /** As PEFT's {@code get_pattern_key}: a pattern matches a whole name, or what follows one of its dots. */
    private static <T> T matching(Map<String, T> patterns, String module, T otherwise) {
        return patterns.entrySet().stream()
                .filter(pattern -> Pattern.matches("(.*\\.)?(" + pattern.getKey() + ")", module))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(otherwise);
    }
}
