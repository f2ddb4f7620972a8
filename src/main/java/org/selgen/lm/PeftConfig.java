package org.selgen.lm;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The content of PEFT's adapter_config.json for a LoRA adapter.
 *
 * @param base the base model as whoever trained the adapter named it; for information only
 * @param r rank of most modules
 * @param alpha of most modules
 * @param rslora whether the factor divides by the root of the rank
 * @param targets the modules that are adapted
 * @param rankPattern ranks of the modules whose name, or what follows one of its dots, is of the pattern; the first
 *     match counts
 * @param alphaPattern alphas, likewise
 * @param dropout that it was trained with; changes nothing of what it computes
 */
public record PeftConfig(
        String base,
        int r,
        float alpha,
        boolean rslora,
        TargetModules targets,
        Map<ModulePattern, Integer> rankPattern,
        Map<ModulePattern, Double> alphaPattern,
        float dropout) {

    public PeftConfig {
        rankPattern = Collections.unmodifiableMap(new LinkedHashMap<>(rankPattern));
        alphaPattern = Collections.unmodifiableMap(new LinkedHashMap<>(alphaPattern));
    }

    /** A configuration with the same rank and alpha in all modules. */
    public PeftConfig(String base, LoraConfig lora) {
        this(base, lora.r(), lora.alpha(), lora.rslora(), TargetModules.of(lora), Map.of(), Map.of(), lora.dropout());
    }

    /** Rank of a module such as {@code model.layers.0.self_attn.q_proj}. */
    public int rank(String module) {
        return matching(rankPattern, module, r);
    }

    /** Factor on B A x of a module, from its own rank and alpha. */
    public float scale(String module) {
        double strength = matching(alphaPattern, module, (double) alpha);
        int rank = rank(module);
        return (float) (rslora ? strength / Math.sqrt(rank) : strength / rank);
    }

    /** As PEFT's {@code get_pattern_key}. */
    private static <T> T matching(Map<ModulePattern, T> patterns, String module, T otherwise) {
        return patterns.entrySet().stream()
                .filter(pattern -> pattern.getKey().matches(module))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(otherwise);
    }
}
