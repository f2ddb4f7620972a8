package org.selgen.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selgen.lm.StreamingGenerator.Result;
import org.selgen.lm.StreamingGenerator.StreamedToken;
import org.selgen.serve.CompletionRequest.Form;

/**
 * The JSON of answers, as one object or as chunks of a stream.
 *
 * @param id of the completion
 * @param created seconds since 1970
 * @param request the request that is answered
 */
record CompletionReply(String id, long created, CompletionRequest request) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /**
     * One of the answers.
     *
     * @param text without the stop and what follows it
     * @param tokens all that were generated
     */
    record Whole(String text, List<StreamedToken> tokens, Result result) {}

    private boolean chat() {
        return request.form() == Form.CHAT;
    }

    String whole(List<Whole> answers) {
        ObjectNode reply = head(chat() ? "chat.completion" : "text_completion");
        ArrayNode choices = reply.putArray("choices");
        for (Whole answer : answers) {
            ObjectNode choice = choice(choices, choices.size(), answer.result().finish());
            if (chat()) {
                choice.putObject("message")
                        .put("role", "assistant")
                        .put("content", answer.text().strip())
                        .putNull("refusal");
            } else {
                choice.put("text", answer.text());
            }
            choice.set("logprobs", logprobs(answer.tokens()));
        }
        reply.set("usage", usage(answers.stream().map(Whole::result).toList()));
        return reply.toString();
    }

    /** The first chunk of an answer, which gives the role. */
    String first(int index) {
        ObjectNode reply = head("chat.completion.chunk");
        ObjectNode choice = choice(reply.putArray("choices"), index, null);
        choice.putObject("delta").put("role", "assistant").put("content", "");
        return reply.toString();
    }

    /** A chunk with a piece of an answer and the tokens that it came with. */
    String chunk(int index, String piece, List<StreamedToken> tokens) {
        ObjectNode reply = head(chat() ? "chat.completion.chunk" : "text_completion");
        ObjectNode choice = choice(reply.putArray("choices"), index, null);
        if (chat()) {
            choice.putObject("delta").put("content", piece);
        } else {
            choice.put("text", piece);
        }
        choice.set("logprobs", logprobs(tokens));
        return reply.toString();
    }

    /** The last chunk of an answer: why it ended. */
    String end(int index, Result result) {
        ObjectNode reply = head(chat() ? "chat.completion.chunk" : "text_completion");
        ObjectNode choice = choice(reply.putArray("choices"), index, result.finish());
        if (chat()) {
            choice.putObject("delta");
        } else {
            choice.put("text", "");
        }
        return reply.toString();
    }

    /** The chunk with the numbers of tokens, which comes after all answers. */
    String numbers(List<Result> results) {
        ObjectNode reply = head(chat() ? "chat.completion.chunk" : "text_completion");
        reply.putArray("choices");
        reply.set("usage", usage(results));
        return reply.toString();
    }

    static String error(int status, String message) {
        ObjectNode error = JSON.objectNode();
        error.putObject("error")
                .put("message", message)
                .put("type", status < 500 ? "invalid_request_error" : "server_error")
                .putNull("param")
                .putNull("code");
        return error.toString();
    }

    static String models(Set<String> names, long created) {
        ObjectNode models = JSON.objectNode().put("object", "list");
        ArrayNode data = models.putArray("data");
        names.forEach(name -> data.add(modelNode(name, created)));
        return models.toString();
    }

    static String model(String name, long created) {
        return modelNode(name, created).toString();
    }

    private static ObjectNode modelNode(String name, long created) {
        return JSON.objectNode()
                .put("id", name)
                .put("object", "model")
                .put("created", created)
                .put("owned_by", "selgen");
    }

    private ObjectNode head(String kind) {
        return JSON.objectNode()
                .put("id", id)
                .put("object", kind)
                .put("created", created)
                .put("model", request.model());
    }

    private static ObjectNode choice(ArrayNode choices, int index, @Nullable String finish) {
        return choices.addObject().put("index", index).put("finish_reason", finish);
    }

    private static ObjectNode usage(List<Result> results) {
        int prompt = results.get(0).promptTokens();
        int made = results.stream().mapToInt(Result::tokens).sum();
        return JSON.objectNode()
                .put("prompt_tokens", prompt)
                .put("completion_tokens", made)
                .put("total_tokens", prompt + made);
    }

    private JsonNode logprobs(List<StreamedToken> tokens) {
        if (!request.logprobs() || tokens.isEmpty()) {
            return JSON.nullNode();
        }
        return chat() ? chatLogprobs(tokens) : textLogprobs(tokens);
    }

    /** The form of {@code /v1/completions}: lists side by side. */
    private static ObjectNode textLogprobs(List<StreamedToken> tokens) {
        ObjectNode logprobs = JSON.objectNode();
        ArrayNode texts = logprobs.putArray("tokens");
        ArrayNode values = logprobs.putArray("token_logprobs");
        ArrayNode tops = logprobs.putArray("top_logprobs");
        ArrayNode offsets = logprobs.putArray("text_offset");
        int offset = 0;
        for (StreamedToken token : tokens) {
            texts.add(token.text());
            values.add(token.logprob());
            ObjectNode top = tops.addObject();
            token.top().forEach(likely -> top.put(likely.token(), likely.logprob()));
            offsets.add(offset);
            offset += token.text().length();
        }
        return logprobs;
    }

    private static ObjectNode chatLogprobs(List<StreamedToken> tokens) {
        ObjectNode logprobs = JSON.objectNode().putNull("refusal");
        ArrayNode content = logprobs.putArray("content");
        for (StreamedToken token : tokens) {
            ArrayNode top =
                    token(content.addObject(), token.text(), token.logprob()).putArray("top_logprobs");
            token.top().forEach(likely -> token(top.addObject(), likely.token(), likely.logprob()));
        }
        return logprobs;
    }

    private static ObjectNode token(ObjectNode node, String text, double logprob) {
        ArrayNode bytes = node.put("token", text).put("logprob", logprob).putArray("bytes");
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            bytes.add(each & 0xff);
        }
        return node;
    }
}
