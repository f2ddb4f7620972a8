package org.selgen.serve;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields of a request. One that is not known is refused, as is a known one that is not supported unless its value
 * changes nothing; null is as left out.
 *
 * @param tree the body
 */
record Fields(JsonNode tree) {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    /** What no answer depends on. */
    private static final Set<String> IDLE = Set.of(
            "user",
            "metadata",
            "store",
            "service_tier",
            "safety_identifier",
            "prompt_cache_key",
            "prompt_cache_retention",
            "parallel_tool_calls");

    /** Unsupported fields, with the values that change nothing. */
    private static final Map<String, List<String>> NEUTRAL = Map.ofEntries(
            Map.entry("presence_penalty", List.of("0", "0.0")),
            Map.entry("frequency_penalty", List.of("0", "0.0")),
            Map.entry("repetition_penalty", List.of("1", "1.0")),
            Map.entry("top_k", List.of("0", "-1")),
            Map.entry("min_p", List.of("0", "0.0")),
            Map.entry("best_of", List.of("1")),
            Map.entry("echo", List.of("false")),
            Map.entry("suffix", List.of("\"\"")),
            Map.entry("tools", List.of("[]")),
            Map.entry("functions", List.of("[]")),
            Map.entry("tool_choice", List.of("\"none\"", "\"auto\"")),
            Map.entry("logit_bias", List.of("{}")),
            Map.entry("modalities", List.of("[\"text\"]")),
            Map.entry("chat_template_kwargs", List.of("{}")),
            Map.entry("response_format", List.of("{\"type\":\"text\"}")));

    /** @param supported the fields that the kind of request has here */
    static Fields of(byte[] body, Set<String> supported) throws BadRequest {
        JsonNode tree;
        try {
            tree = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new BadRequest(400, "the body is not JSON");
        } catch (IOException e) {
            throw new BadRequest(400, "the body cannot be read");
        }
        if (!tree.isObject()) {
            throw new BadRequest(400, "the body must be a JSON object");
        }
        for (Map.Entry<String, JsonNode> field : tree.properties()) {
            String name = field.getKey();
            boolean idle = field.getValue().isNull() || IDLE.contains(name) || supported.contains(name);
            if (!idle
                    && !NEUTRAL.getOrDefault(name, List.of())
                            .contains(field.getValue().toString())) {
                throw new BadRequest(400, name + " is not supported here; leave it out");
            }
        }
        return new Fields(tree);
    }

    JsonNode get(String field) {
        return tree.path(field);
    }

    boolean has(String field) {
        return tree.hasNonNull(field);
    }

    boolean flag(String field) throws BadRequest {
        if (has(field) && !get(field).isBoolean()) {
            throw new BadRequest(400, field + " is " + get(field) + " but must be true or false");
        }
        return get(field).asBoolean(false);
    }

    static String text(JsonNode tree, String field) throws BadRequest {
        if (!tree.path(field).isTextual()) {
            throw new BadRequest(400, field + " is missing or no text; add it");
        }
        return tree.get(field).textValue();
    }

    double number(String field, double otherwise, double low, double high) throws BadRequest {
        JsonNode value = get(field);
        if (!has(field)) {
            return otherwise;
        }
        if (!value.isNumber() || !(value.doubleValue() >= low && value.doubleValue() <= high)) {
            throw new BadRequest(400, field + " is " + value + " but must be a number from " + low + " to " + high);
        }
        return value.doubleValue();
    }

    long whole(String field, long otherwise, long low, long high) throws BadRequest {
        double value = number(field, (double) otherwise, (double) low, (double) high);
        if (value != Math.rint(value)) {
            throw new BadRequest(400, field + " is " + value + " but must be a whole number");
        }
        return (long) value;
    }

    /** Names with a value each; none where the field is left out. */
    Map<String, Object> names(String field) throws BadRequest {
        if (has(field) && !get(field).isObject()) {
            throw new BadRequest(400, field + " is " + get(field) + " but must be names with a value each");
        }
        return has(field) ? JSON.convertValue(get(field), new TypeReference<>() {}) : Map.of();
    }

    /** A text, or a list of up to {@code most} texts; empty where the field is left out. */
    List<String> texts(String field, int most) throws BadRequest {
        JsonNode value = get(field);
        List<String> texts = new ArrayList<>();
        if (value.isTextual()) {
            texts.add(value.textValue());
        }
        for (JsonNode each : value) {
            texts.add(each.isTextual() ? each.textValue() : "");
        }
        boolean right = !has(field) || value.isTextual() || value.isArray();
        if (!right || texts.size() > most || texts.contains("")) {
            throw new BadRequest(
                    400, field + " must be a text, or a list of up to " + most + " texts, none of them empty");
        }
        return texts;
    }
}
