package org.selgen.judge.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.selgen.data.Message;
import org.selgen.judge.Completion;
import org.selgen.judge.NumberTokens;
import org.selgen.judge.Rubric.Mode;
import org.selgen.judge.TokenLogprob;

/** Requests and replies of the protocol as JSON. */
public final class CompletionJson {
    static final int TOP = 20;

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final double ROUNDING = 1e-3;

    private CompletionJson() {}

    /** A reply and what it used. */
    record Used(Completion completion, long promptTokens, long replyTokens) {}

    static String request(String model, List<Message> chat, int maxTokens, Mode mode) {
        ObjectNode request = JSON.createObjectNode().put("model", model);
        chat.forEach(turn -> request.withArray("messages")
                .addObject()
                .put("role", turn.role())
                .put("content", turn.content()));
        request.put("max_tokens", maxTokens).put("temperature", 0).put("seed", 0);
        if (mode == Mode.LOGPROB) {
            request.put("logprobs", true).put("top_logprobs", TOP);
        }
        return request.toString();
    }

    /**
     * The reply that a body holds.
     *
     * @throws IOException if it is not one: cut, not JSON, without a choice, or with impossible numbers
     */
    public static Used reply(byte[] body) throws IOException {
        JsonNode tree;
        try {
            tree = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IOException("the reply is not whole JSON", e);
        }
        JsonNode choice = tree.path("choices").path(0);
        JsonNode content = choice.path("message").path("content");
        if (!choice.isObject() || !(content.isTextual() || content.isNull())) {
            throw new IOException("the reply has no choices[0].message.content");
        }
        Completion completion = new Completion(
                content.isNull() ? "" : content.textValue(),
                choice.path("finish_reason").asText(""),
                top(choice),
                NumberTokens.UNKNOWN);
        JsonNode usage = tree.path("usage");
        return new Used(completion, count(usage, "prompt_tokens"), count(usage, "completion_tokens"));
    }

    private static long count(JsonNode usage, String field) {
        return Math.max(0, Math.min(10_000_000, usage.path(field).asLong(0)));
    }

    private static List<TokenLogprob> top(JsonNode choice) throws IOException {
        List<TokenLogprob> top = new ArrayList<>();
        for (JsonNode token : choice.path("logprobs").path("content").path(0).path("top_logprobs")) {
            JsonNode logprob = token.path("logprob");
            if (!token.path("token").isTextual() || !logprob.isNumber()) {
                throw new IOException("top_logprobs holds " + token + ", which is no token and number");
            }
            double value = logprob.doubleValue();
            if (!Double.isFinite(value) || value > ROUNDING) {
                throw new IOException("top_logprobs holds the log-probability " + value + ", which cannot be");
            }
            top.add(new TokenLogprob(token.get("token").textValue(), Math.min(0, value)));
        }
        top.sort(Comparator.comparingDouble(TokenLogprob::logprob).reversed());
        List<TokenLogprob> likeliest = List.copyOf(top.subList(0, Math.min(TOP, top.size())));
        double mass = likeliest.stream().mapToDouble(TokenLogprob::probability).sum();
        if (mass > 1 + 20 * ROUNDING) {
            throw new IOException("the probabilities of top_logprobs sum to " + mass + ", which cannot be");
        }
        return likeliest;
    }
}
