package org.selgen.lm.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Refuses the settings of config.json that change what a model computes, and that we do not compute. */
final class UnsupportedKeys {
    private static final List<String> MUST_BE_OFF =
            List.of("quantization_config", "compression_config", "mlp_bias", "use_bidirectional_attention", "clip_qkv");
    private static final List<String> EXPERTS =
            List.of("num_experts", "num_local_experts", "n_routed_experts", "num_experts_per_tok");

    private UnsupportedKeys() {}

    /** @throws org.selgen.data.BadInput if one is set; it names the key and its value */
    static void refuse(ConfigFields fields, Family family) {
        MUST_BE_OFF.forEach(fields::refuse);
        EXPERTS.forEach(key -> {
            JsonNode experts = fields.json().path(key);
            fields.check(
                    key,
                    experts,
                    fields.absent(key) || experts.asInt(-1) == 0,
                    "absent or 0: mixtures of experts are not supported");
        });
        JsonNode causal = fields.json().path("is_causal");
        fields.check("is_causal", causal, !causal.isBoolean() || causal.booleanValue(), "true");
        if (family != Family.GEMMA2) {
            fields.off("attn_logit_softcapping");
        }
        if (family != Family.GEMMA2 && family != Family.GEMMA3_TEXT) {
            fields.off("final_logit_softcapping");
        }
        if (family == Family.MISTRAL || family == Family.PHI3) {
            fields.refuse("attention_bias"); // these families have none
        }
    }
}
