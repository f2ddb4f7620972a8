package org.selgen.serve;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.selgen.data.Message;
import org.selgen.lm.Decoding;

/**
 * A request for a chat completion. Fields that would change the answer but are not supported are refused, not
 * ignored.
 *
 * @param model the name of a model
 * @param chat the conversation
 * @param decoding how to answer; by default temperature 1, 256 tokens and seed 0
 * @param logprobs whether to give the log-probability of each token
 * @param top how many of the most probable tokens to give at each position, at most 20
 * @param stream whether to send the answer in chunks
 * @param usage whether a stream ends with the numbers of tokens
 */
record ChatRequest(
        String model, List<Message> chat, Decoding decoding, boolean logprobs, int top, boolean stream, boolean usage) {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    private static final int MOST_TOP = 20;
    private static final int MOST_TOKENS = 1 << 20;

    /** Unsupported fields, with the values that have no effect. */
    private static final Map<String, List<String>> ABSENT = Map.of(
            "n", List.of("1"),
            "presence_penalty", List.of("0", "0.0"),
            "frequency_penalty", List.of("0", "0.0"),
            "stop", List.of("[]"),
            "tools", List.of("[]"),
            "logit_bias", List.of("{}"),
            "response_format", List.of("{\"type\":\"text\"}"));

    static ChatRequest parse(byte[] body) throws BadRequest {
        JsonNode tree;
        try {
            tree = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new BadRequest(400, "the body is not JSON");
        } catch (IOException e) {
            throw new BadRequest(400, "the body cannot be read");
        }
        refuseOthers(tree);
        boolean logprobs = tree.path("logprobs").asBoolean(false);
        int top = (int) number(tree, "top_logprobs", 0, 0, MOST_TOP);
        if (top > 0 && !logprobs) {
            throw new BadRequest(400, "top_logprobs is " + top + " but logprobs is not true; set it");
        }
        return new ChatRequest(
                text(tree, "model"),
                chat(tree.path("messages")),
                decoding(tree),
                logprobs,
                top,
                tree.path("stream").asBoolean(false),
                tree.path("stream_options").path("include_usage").asBoolean(false));
    }

    private static void refuseOthers(JsonNode tree) throws BadRequest {
        for (Map.Entry<String, List<String>> field : ABSENT.entrySet()) {
            JsonNode value = tree.path(field.getKey());
            boolean asks = !value.isMissingNode() && !value.isNull();
            if (asks && !field.getValue().contains(value.toString())) {
                throw new BadRequest(400, field.getKey() + " is not supported here; leave it out");
            }
        }
    }

    private static Decoding decoding(JsonNode tree) throws BadRequest {
        String tokens = tree.hasNonNull("max_completion_tokens") ? "max_completion_tokens" : "max_tokens";
        return new Decoding(
                (float) number(tree, "temperature", 1, 0, 2),
                (float) number(tree, "top_p", 1, 1e-6, 1),
                (int) number(tree, tokens, 256, 1, MOST_TOKENS),
                1,
                (long) number(tree, "seed", 0, -1e15, 1e15));
    }

    private static List<Message> chat(JsonNode messages) throws BadRequest {
        List<Message> chat = new ArrayList<>();
        for (JsonNode message : messages) {
            String role = text(message, "role");
            String known = role.equals("developer") ? Message.SYSTEM : role;
            try {
                chat.add(new Message(known, content(message.path("content"))));
            } catch (IllegalArgumentException e) {
                throw new BadRequest(400, e.getMessage());
            }
        }
        if (chat.isEmpty() || !chat.get(chat.size() - 1).role().equals(Message.USER)) {
            throw new BadRequest(400, "messages must end with a user's; add it");
        }
        return chat;
    }

    /** A text, or a list of text parts. */
    private static String content(JsonNode content) throws BadRequest {
        if (content.isTextual()) {
            return content.textValue();
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            if (!part.path("type").asText().equals("text")) {
                throw new BadRequest(400, "a part of a message is no text; only texts are supported");
            }
            text.append(text(part, "text"));
        }
        if (!content.isArray()) {
            throw new BadRequest(400, "the content of a message must be a text or a list of texts");
        }
        return text.toString();
    }

    private static String text(JsonNode tree, String field) throws BadRequest {
        if (!tree.path(field).isTextual()) {
            throw new BadRequest(400, field + " is missing or no text; add it");
        }
        return tree.get(field).textValue();
    }

    private static double number(JsonNode tree, String field, double otherwise, double low, double high)
            throws BadRequest {
        JsonNode value = tree.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isNumber() || !(value.doubleValue() >= low && value.doubleValue() <= high)) {
            throw new BadRequest(400, field + " is " + value + " but must be a number from " + low + " to " + high);
        }
        return value.doubleValue();
    }
}
