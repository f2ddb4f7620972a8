package org.selgen.lm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.selgen.data.BadInput;
import org.selgen.file.JsonFields;
import org.selgen.lm.TargetModules.AllLinear;
import org.selgen.lm.TargetModules.Listed;
import org.selgen.lm.TargetModules.Matching;
import org.selgen.lm.TargetModules.Names;

/**
 * Reads adapter_config.json of PEFT and Unsloth. A key that we do not support must be off (absent, null, false or
 * empty), so that a new feature of a later version is refused by name instead of ignored.
 */
public final class PeftConfigJson {
    /** Keys that do not change what a trained adapter computes. */
    private static final Set<String> IGNORED = Set.of(
            "auto_mapping", // of which Python class the model is
            "base_model_name_or_path",
            "inference_mode",
            "lora_dropout",
            "megatron_core",
            "peft_version",
            "qalora_group_size",
            "revision",
            "unsloth_fixed",
            "unsloth_version");

    private static final Set<String> READ = Set.of(
            "r",
            "lora_alpha",
            "use_rslora",
            "target_modules",
            "exclude_modules",
            "layers_to_transform",
            "layers_pattern",
            "rank_pattern",
            "alpha_pattern",
            "init_lora_weights");

    static final Map<String, String> ONE_VALUE = Map.of("peft_type", "LORA", "task_type", "CAUSAL_LM", "bias", "none");

    /** Initialisations that leave the base model's weights as they are. */
    private static final Set<String> INITIALISATIONS = Set.of("true", "false", "gaussian", "orthogonal", "eva");

    private static final String PATTERN = "a regular expression of at most 4000 characters and 10000 repetitions";

    /** One for each module of the largest models. */
    private static final int MOST_NAMES = 2000;

    private static final int MOST_LAYERS = 100_000;

    private final JsonFields fields;

    private PeftConfigJson(JsonFields fields) {
        this.fields = fields;
    }

    /**
     * The configuration that a JSON object states.
     *
     * @param where the name of the object's file, to begin an error with
     * @throws BadInput if it asks for anything but plain LoRA on the linear layers of a decoder; the message names the
     *     key
     */
    public static PeftConfig parse(ObjectNode json, String where) {
        return new PeftConfigJson(fields(json, where, "")).config();
    }

    private static JsonFields fields(JsonNode json, String where, String prefix) {
        return new JsonFields(
                json,
                (key, value, bound) -> new BadInput(where + ": " + prefix + key + " is " + JsonFields.shown(value)
                        + " but must be " + bound + "; choose an adapter that keeps to it"));
    }

    private PeftConfig config() {
        ONE_VALUE.forEach(this::checkValue);
        fields.json().properties().forEach(field -> checkOff(field.getKey(), field.getValue()));
        String initialisation = fields.json().path("init_lora_weights").asText("true");
        fields.require(
                "init_lora_weights",
                INITIALISATIONS.contains(initialisation),
                "one of true, false, gaussian, orthogonal, eva, which leave the base model as it is");
        return new PeftConfig(
                fields.json().path("base_model_name_or_path").asText(""),
                rank(fields, "r"),
                (float) alpha(fields, "lora_alpha"),
                fields.flag("use_rslora", false),
                targets(),
                patterns("rank_pattern", PeftConfigJson::rank),
                patterns("alpha_pattern", PeftConfigJson::alpha),
                (float) fields.json().path("lora_dropout").asDouble(0));
    }

    private void checkValue(String key, String only) {
        boolean mayLack = !key.equals("peft_type");
        String value = fields.json().path(key).asText("");
        fields.require(key, value.equals(only) || (mayLack && fields.absent(key)), "'" + only + "'");
    }

    private void checkOff(String key, JsonNode value) {
        if (IGNORED.contains(key) || READ.contains(key) || ONE_VALUE.containsKey(key)) {
            return;
        }
        boolean off = value.isNull()
                || (value.isBoolean() && !value.booleanValue())
                || (value.isContainerNode() && value.isEmpty());
        fields.require(key, off, "off (absent, null, false or empty): only plain LoRA is supported");
    }

    private static int rank(JsonFields fields, String key) {
        return fields.integer(key, 1, LoraConfig.MAX_RANK);
    }

    private static double alpha(JsonFields fields, String key) {
        return fields.positive(key, 1e6);
    }

    private TargetModules targets() {
        Names target = names("target_modules");
        fields.require(
                "target_modules",
                !(target instanceof Listed list && list.names().isEmpty()),
                "\"all-linear\", a regular expression, or a list of names of modules");
        Names exclude = fields.absent("exclude_modules") ? new Listed(List.of()) : names("exclude_modules");
        List<Integer> layers = fields.json().path("layers_to_transform").isArray()
                ? list("layers_to_transform", PeftConfigJson::layer, "whole numbers")
                : fields.absent("layers_to_transform")
                        ? List.of()
                        : List.of(fields.integer("layers_to_transform", 0, MOST_LAYERS));
        fields.require(
                "layers_to_transform",
                layers.isEmpty() || target instanceof Listed,
                "absent where target_modules is no list, as PEFT demands");
        return new TargetModules(target, exclude, layers, layersPattern());
    }

    private List<String> layersPattern() {
        String key = "layers_pattern";
        if (fields.absent(key)) {
            return List.of();
        }
        List<String> names = fields.json().path(key).isTextual()
                ? List.of(fields.text(key)).stream()
                        .filter(text -> !text.isEmpty())
                        .toList()
                : list(key, PeftConfigJson::name, "names of lists of layers, as \"layers\"");
        boolean plain = names.stream()
                .allMatch(name -> !name.contains("(") && ModulePattern.of(name).isPresent());
        fields.require(key, plain, "names of lists of layers, as \"layers\"");
        return names;
    }

    private Names names(String key) {
        JsonNode value = fields.json().path(key);
        if (!value.isTextual()) {
            return new Listed(list(key, PeftConfigJson::name, "names of modules, a list or a regular expression"));
        }
        if (value.textValue().equals(AllLinear.NAME) && key.equals("target_modules")) {
            return new AllLinear();
        }
        Optional<ModulePattern> pattern = ModulePattern.of(value.textValue());
        fields.require(key, pattern.isPresent(), "\"all-linear\", a list, or " + PATTERN);
        return new Matching(pattern.orElseThrow());
    }

    private static Optional<String> name(JsonNode node) {
        return Optional.of(node)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(text -> !text.isBlank());
    }

    private static Optional<Integer> layer(JsonNode node) {
        boolean layer = node.isInt() && node.intValue() >= 0 && node.intValue() <= MOST_LAYERS;
        return layer ? Optional.of(node.intValue()) : Optional.empty();
    }

    private <T> List<T> list(String key, Function<JsonNode, Optional<T>> item, String bound) {
        JsonNode value = fields.json().path(key);
        fields.require(key, value.isArray() && value.size() <= MOST_NAMES, bound + " (at most " + MOST_NAMES + ")");
        List<T> items = new ArrayList<>();
        for (JsonNode node : value) {
            Optional<T> read = item.apply(node);
            fields.require(key, read.isPresent(), bound);
            items.add(read.orElseThrow());
        }
        return items.stream().distinct().toList();
    }

    private <T> Map<ModulePattern, T> patterns(String key, BiFunction<JsonFields, String, T> value) {
        Map<ModulePattern, T> patterns = new LinkedHashMap<>();
        if (fields.absent(key)) {
            return patterns;
        }
        JsonNode map = fields.json().path(key);
        fields.require(key, map.isObject(), "an object");
        fields.require(key, map.size() <= MOST_NAMES, "an object of at most " + MOST_NAMES + " patterns");
        JsonFields inner =
                new JsonFields(map, (name, node, bound) -> fields.wording().error(key + "." + name, node, bound));
        map.fieldNames().forEachRemaining(name -> {
            Optional<ModulePattern> pattern = ModulePattern.ofEnd(name);
            fields.require(key, pattern.isPresent(), "an object whose keys are each " + PATTERN);
            patterns.put(pattern.orElseThrow(), value.apply(inner, name));
        });
        return patterns;
    }
}
