package org.selgen.lm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;

/**
 * Reads and writes adapter_config.json of PEFT 0.17. A key that we do not support must be off (absent, null, false or
 * empty), so that a new feature of a later version is refused by name instead of ignored.
 */
public final class PeftConfigJson {
    /** Keys that do not change what a trained adapter computes. */
    private static final Set<String> IGNORED = Set.of(
            "base_model_name_or_path",
            "inference_mode",
            "lora_dropout",
            "megatron_core",
            "peft_version",
            "qalora_group_size",
            "revision");

    private static final Set<String> READ = Set.of(
            "r", "lora_alpha", "use_rslora", "target_modules", "rank_pattern", "alpha_pattern", "init_lora_weights");

    private static final Map<String, String> ONE_VALUE =
            Map.of("peft_type", "LORA", "task_type", "CAUSAL_LM", "bias", "none");

    private static final List<String> OFF = List.of(
            "auto_mapping",
            "corda_config",
            "eva_config",
            "exclude_modules",
            "layer_replication",
            "layers_pattern",
            "layers_to_transform",
            "megatron_config",
            "modules_to_save",
            "revision",
            "target_parameters",
            "trainable_token_indices");

    /** Initialisations that leave the base model's weights as they are. */
    private static final Set<String> INITIALISATIONS = Set.of("true", "false", "gaussian", "orthogonal", "eva");

    /** No groups and one star at most, so that an untrusted pattern cannot run for ever. */
    private static final Pattern PLAIN_PATTERN = Pattern.compile("[\\w.^$]{1,200}(\\*[\\w.^$]{0,200})?");

    /** One for each module of the largest models. */
    private static final int MOST_PATTERNS = 2000;

    private final ObjectNode json;
    private final String where;

    private PeftConfigJson(ObjectNode json, String where) {
        this.json = json;
        this.where = where;
    }

    /**
     * The configuration that a JSON object states.
     *
     * @param where the name of the object's file, to begin an error with
     * @throws BadInput if it asks for anything but plain LoRA on the linear layers of a decoder; the message names the
     *     key
     */
    public static PeftConfig parse(ObjectNode json, String where) {
        return new PeftConfigJson(json, where).config();
    }

    private PeftConfig config() {
        ONE_VALUE.forEach(this::checkValue);
        json.properties().forEach(field -> checkOff(field.getKey(), field.getValue()));
        String initialisation = json.path("init_lora_weights").asText("true");
        check(
                "init_lora_weights",
                initialisation,
                INITIALISATIONS.contains(initialisation),
                "one of true, false, gaussian, orthogonal," + " eva, which leave the base model as it is");
        JsonNode rslora = json.path("use_rslora");
        check("use_rslora", rslora, rslora.isMissingNode() || rslora.isBoolean(), "true or false");
        LoraConfig lora = new LoraConfig(
                rank("r", json.path("r")),
                (float) alpha("lora_alpha", json.path("lora_alpha")),
                rslora.booleanValue(),
                targets(json.path("target_modules")));
        Map<String, Integer> ranks = new LinkedHashMap<>();
        pattern("rank_pattern").forEach((key, value) -> ranks.put(key, rank("rank_pattern." + key, value)));
        Map<String, Double> alphas = new LinkedHashMap<>();
        pattern("alpha_pattern").forEach((key, value) -> alphas.put(key, alpha("alpha_pattern." + key, value)));
        return new PeftConfig(json.path("base_model_name_or_path").asText(""), lora, ranks, alphas);
    }

    private void checkValue(String key, String only) {
        JsonNode value = json.path(key);
        boolean mayLack = !key.equals("peft_type");
        check(
                key,
                value,
                value.asText("").equals(only) || (mayLack && value.isMissingNode()) || (mayLack && value.isNull()),
                "'" + only + "'");
    }

    private void checkOff(String key, JsonNode value) {
        if (IGNORED.contains(key) || READ.contains(key) || ONE_VALUE.containsKey(key)) {
            return;
        }
        boolean off = value.isNull()
                || (value.isBoolean() && !value.booleanValue())
                || (value.isContainerNode() && value.isEmpty());
        check(key, value, off, "off (absent, null, false or empty): only plain LoRA is supported");
    }

    private int rank(String key, JsonNode value) {
        check(
                key,
                value,
                value.isInt() && value.intValue() >= 1 && value.intValue() <= LoraConfig.MAX_RANK,
                "a whole number, at least 1 and at most " + LoraConfig.MAX_RANK);
        return value.intValue();
    }

    private double alpha(String key, JsonNode value) {
        check(
                key,
                value,
                value.isNumber() && value.doubleValue() > 0 && value.doubleValue() < 1e6,
                "a positive number");
        return value.doubleValue();
    }

    private List<String> targets(JsonNode value) {
        if (value.isTextual() && value.textValue().equals("all-linear")) {
            return LoraConfig.TARGETS;
        }
        List<String> names = new ArrayList<>();
        value.forEach(name -> names.add(name.asText()));
        check(
                "target_modules",
                value,
                value.isArray() && !names.isEmpty() && LoraConfig.TARGETS.containsAll(names),
                "\"all-linear\" or a list of some of " + LoraConfig.TARGETS);
        return names.stream().distinct().toList();
    }

    private Map<String, JsonNode> pattern(String key) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        JsonNode value = json.path(key);
        check(key, value, value.isObject() || value.isMissingNode() || value.isNull(), "an object");
        check(key, value.size() + " patterns", value.size() <= MOST_PATTERNS, "at most " + MOST_PATTERNS);
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            check(
                    key,
                    "'" + field.getKey() + "'",
                    PLAIN_PATTERN.matcher(field.getKey()).matches(),
                    "module names with at most one '*' and no groups");
            fields.put(field.getKey(), field.getValue());
        }
        return fields;
    }

    private void check(String key, Object value, boolean holds, String bound) {
        if (!holds) {
            String shown = value instanceof JsonNode node && node.isMissingNode() ? "missing" : value.toString();
            throw new BadInput(where + ": " + key + " is " + shown + " but must be " + bound
                    + "; choose an adapter that keeps to it");
        }
    }

    /** The JSON object that PEFT 0.17 would write. */
    public static String write(PeftConfig config) {
        Map<String, @Nullable Object> fields = new TreeMap<>(ONE_VALUE);
        OFF.forEach(key -> fields.put(key, null));
        List.of("fan_in_fan_out", "lora_bias", "use_dora", "use_qalora").forEach(key -> fields.put(key, false));
        fields.put("base_model_name_or_path", config.base());
        fields.put("inference_mode", true);
        fields.put("init_lora_weights", true);
        fields.put("loftq_config", Map.of());
        fields.put("lora_dropout", 0.0);
        fields.put("megatron_core", "megatron.core");
        fields.put("qalora_group_size", 16);
        addLora(fields, config);
        try {
            return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // plain maps, lists, texts and numbers can always be written
        }
    }

    private static void addLora(Map<String, @Nullable Object> fields, PeftConfig config) {
        LoraConfig lora = config.lora();
        Map<String, Number> alphas = new LinkedHashMap<>();
        config.alphaPattern().forEach((key, alpha) -> alphas.put(key, plain(alpha)));
        fields.put("r", lora.r());
        fields.put("lora_alpha", plain(lora.alpha()));
        fields.put("use_rslora", lora.rslora());
        fields.put("target_modules", lora.targets().stream().sorted().toList());
        fields.put("rank_pattern", config.rankPattern());
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
