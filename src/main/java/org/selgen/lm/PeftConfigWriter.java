package org.selgen.lm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.selgen.lm.TargetModules.AllLinear;
import org.selgen.lm.TargetModules.Listed;
import org.selgen.lm.TargetModules.Matching;
import org.selgen.lm.TargetModules.Names;

/** Writes adapter_config.json as PEFT 0.17 does. */
public final class PeftConfigWriter {
    private static final List<String> NULL = List.of(
            "auto_mapping",
            "corda_config",
            "eva_config",
            "layer_replication",
            "megatron_config",
            "modules_to_save",
            "revision",
            "target_parameters",
            "trainable_token_indices");

    private PeftConfigWriter() {}

    /** The JSON object that PEFT would write. */
    public static String write(PeftConfig config) {
        Map<String, @Nullable Object> fields = new TreeMap<>(PeftConfigJson.ONE_VALUE);
        NULL.forEach(key -> fields.put(key, null));
        List.of("fan_in_fan_out", "lora_bias", "use_dora", "use_qalora").forEach(key -> fields.put(key, false));
        fields.put("base_model_name_or_path", config.base());
        fields.put("inference_mode", true);
        fields.put("init_lora_weights", true);
        fields.put("loftq_config", Map.of());
        fields.put("lora_dropout", Double.parseDouble(Float.toString(config.dropout())));
        fields.put("megatron_core", "megatron.core");
        fields.put("qalora_group_size", 16);
        addTargets(fields, config.targets());
        addStrength(fields, config);
        try {
            return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // plain maps, lists, texts and numbers can always be written
        }
    }

    private static void addTargets(Map<String, @Nullable Object> fields, TargetModules targets) {
        fields.put("target_modules", names(targets.target()));
        fields.put(
                "exclude_modules", targets.exclude().equals(new Listed(List.of())) ? null : names(targets.exclude()));
        fields.put("layers_to_transform", targets.layers().isEmpty() ? null : targets.layers());
        fields.put("layers_pattern", targets.layersPattern().isEmpty() ? null : targets.layersPattern());
    }

    private static Object names(Names names) {
        if (names instanceof Matching matching) {
            return matching.pattern().toString();
        }
        return names instanceof Listed list ? list.names().stream().sorted().toList() : AllLinear.NAME;
    }

    private static void addStrength(Map<String, @Nullable Object> fields, PeftConfig config) {
        Map<String, Number> ranks = new LinkedHashMap<>();
        Map<String, Number> alphas = new LinkedHashMap<>();
        config.rankPattern().forEach((key, rank) -> ranks.put(key.toString(), rank));
        config.alphaPattern().forEach((key, alpha) -> alphas.put(key.toString(), plain(alpha)));
        fields.put("r", config.r());
        fields.put("lora_alpha", plain(config.alpha()));
        fields.put("use_rslora", config.rslora());
        fields.put("rank_pattern", ranks);
        fields.put("alpha_pattern", alphas);
    }

    /** A whole number without its point, as PEFT writes it. */
    private static Number plain(double number) {
        if (number == Math.rint(number)) {
            return (long) number;
        }
        return Double.parseDouble(Float.toString((float) number));
    }
}
