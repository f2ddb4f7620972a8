package org.selgen.hostile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.selgen.Golden;
import org.selgen.file.JsonFile;

/** Configurations with values that no model or adapter has. */
final class HostileJson {
    private static final String CONFIG = "config.json";
    private static final String ADAPTER = "adapter_config.json";
    private static final List<String> NO_SIZES = List.of(
            "0", "-1", "1.5", "16777217", "2147483648", "9223372036854775808", "1e400", "\"8\"", "[]", "{}", "true");

    private HostileJson() {}

    static List<Hostile> all() {
        List<Hostile> all = new ArrayList<>();
        for (String key : List.of(
                "vocab_size",
                "hidden_size",
                "num_hidden_layers",
                "num_attention_heads",
                "num_key_value_heads",
                "head_dim",
                "intermediate_size",
                "max_position_embeddings")) {
            NO_SIZES.forEach(value -> all.add(config(key, value)));
        }
        Map<String, List<String>> odd = new LinkedHashMap<>();
        odd.put("model_type", List.of("\"evil\"", "7", "{}", "\"" + "x".repeat(50_000) + "\"", "\"a\\nb\""));
        odd.put("rms_norm_eps", List.of("0", "-1", "1e400", "\"x\"", "[]"));
        odd.put("rope_theta", List.of("0", "-1", "1e13", "\"x\""));
        odd.put("rope_scaling", List.of("7", "{\"type\":\"evil\"}", "{\"rope_type\":\"llama3\",\"factor\":-1}", "[1]"));
        odd.put("layer_types", List.of("[]", "7", "\"x\"", "{}", "[1,2,3]"));
        odd.put("hidden_act", List.of("\"evil\"", "[]", "7"));
        odd.put("quantization_config", List.of("{\"bits\":4}", "7"));
        odd.put("tie_word_embeddings", List.of("\"yes\"", "1"));
        odd.forEach((key, values) -> values.forEach(value -> all.add(config(key, value))));
        adapters(all);
        for (String file : List.of(CONFIG, ADAPTER, "tokenizer.json", "tokenizer_config.json")) {
            broken(all, file);
        }
        return all;
    }

    private static Hostile config(String key, String value) {
        return Hostile.text(
                CONFIG, edited(JsonFile.read(Golden.path("models/qwen3").resolve(CONFIG)), key, value));
    }

    private static Hostile adapter(String key, String value) {
        return Hostile.text(
                ADAPTER, edited(JsonFile.read(Golden.path("peft/qwen3_lora").resolve(ADAPTER)), key, value));
    }

    /** The value first, so that a report shows it. */
    private static String edited(ObjectNode json, String key, String value) {
        json.remove(key);
        String rest = json.toString();
        return "{\"" + key + "\":" + value + "," + rest.substring(1);
    }

    private static void adapters(List<Hostile> all) {
        Map<String, List<String>> odd = new LinkedHashMap<>();
        odd.put("r", List.of("0", "-1", "1.5", "32769", "2147483647", "2147483648", "1e400", "\"8\"", "[]", "null"));
        odd.put("lora_alpha", List.of("0", "-1", "1e7", "1e400", "\"x\"", "null"));
        odd.put("target_modules", List.of("[]", "\"evil\"", "[\"evil\"]", "7", "null", "{\"a\":1}", "[7]", "\".*\""));
        odd.put(
                "rank_pattern",
                List.of(
                        slow(".*", 9),
                        "{\"(\":4}",
                        "{\"q{10000}{10000}\":4}",
                        "{\"q_proj\":0}",
                        "{\"q_proj\":2147483647}",
                        "{\"q_proj\":\"x\"}",
                        "[]",
                        "7",
                        "{\"q&&[p]\":4}",
                        "{\"\":4}",
                        many(2001)));
        odd.put("alpha_pattern", List.of("{\"q_proj\":-1}", "{\"q_proj\":1e400}", slow("(.*)x?", 8), "[1]"));
        odd.put("peft_type", List.of("\"IA3\"", "null", "7"));
        odd.put("bias", List.of("\"all\"", "7"));
        odd.put("use_dora", List.of("true", "\"yes\""));
        odd.put("modules_to_save", List.of("[\"lm_head\"]"));
        odd.put("layer_replication", List.of("[[0,999999999]]"));
        odd.put("init_lora_weights", List.of("\"pissa\"", "\"evil\""));
        odd.put("evil_new_feature", List.of("true", "\"" + "x".repeat(500_000) + "\""));
        odd.forEach((key, values) -> values.forEach(value -> all.add(adapter(key, value))));
    }

    /** A pattern that takes ever longer on a name that it does not match. */
    private static String slow(String part, int times) {
        return "{\"" + part.repeat(times) + "=\":4}";
    }

    private static String many(int patterns) {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < patterns; i++) {
            text.append(i == 0 ? "" : ",").append("\"p").append(i).append("\":1");
        }
        return text.append('}').toString();
    }

    private static void broken(List<Hostile> all, String file) {
        for (String text : List.of(
                "",
                "{",
                "[]",
                "null",
                "7",
                "{}{}",
                "{\"a\":1,\"a\":2}",
                "\u0000",
                "PK\3\4",
                "\u0080\2}q\0.",
                "<html>",
                "{\"a\":" + "[".repeat(100_000),
                "{\"a\":" + "{\"a\":".repeat(40) + "1" + "}".repeat(41),
                "{\"a\":\"" + "x".repeat(21_000_000) + "\"}")) {
            all.add(Hostile.text(file, text));
        }
    }
}
