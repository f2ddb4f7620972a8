package org.selgen.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selgen.lm.StreamingGenerator.Result;
import org.selgen.lm.StreamingGenerator.StreamedToken;

/**
 * The JSON of an answer, as one object or as chunks of a stream.
 *
 * @param id of the completion
 * @param created seconds since 1970
 * @param request the request that is answered
 */
record ChatReply(String id, long created, ChatRequest request) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    String whole(List<StreamedToken> tokens, Result result) {
        StringBuilder text = new StringBuilder();
        tokens.forEach(token -> text.append(token.text()));
        ObjectNode reply = head("chat.completion");
        ObjectNode choice = choice(reply, result.finish());
        choice.putObject("message")
                .put("role", "assistant")
                .put("content", text.toString().strip())
                .putNull("refusal");
        choice.set("logprobs", logprobs(tokens));
        reply.set("usage", usage(result));
        return reply.toString();
    }

    /** The first chunk, which gives the role. */
    String first() {
        ObjectNode reply = head("chat.completion.chunk");
        choice(reply, null).putObject("delta").put("role", "assistant").put("content", "");
        return reply.toString();
    }

    String chunk(StreamedToken token) {
        ObjectNode reply = head("chat.completion.chunk");
        ObjectNode choice = choice(reply, null);
        choice.putObject("delta").put("content", token.text());
        choice.set("logprobs", logprobs(List.of(token)));
        return reply.toString();
    }

    /** The last chunks: why the answer ended and, where requested, the numbers of tokens. */
    List<String> last(Result result) {
        List<String> chunks = new ArrayList<>();
        ObjectNode end = head("chat.completion.chunk");
        choice(end, result.finish()).putObject("delta");
        chunks.add(end.toString());
        if (request.usage()) {
            ObjectNode numbers = head("chat.completion.chunk");
            numbers.putArray("choices");
            numbers.set("usage", usage(result));
            chunks.add(numbers.toString());
        }
        return chunks;
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
        names.forEach(name -> data.addObject()
                .put("id", name)
                .put("object", "model")
                .put("created", created)
                .put("owned_by", "selgen"));
        return models.toString();
    }

    private ObjectNode head(String kind) {
        return JSON.objectNode()
                .put("id", id)
                .put("object", kind)
                .put("created", created)
                .put("model", request.model());
    }

    private static ObjectNode choice(ObjectNode reply, @Nullable String finish) {
        return reply.putArray("choices").addObject().put("index", 0).put("finish_reason", finish);
    }

    private static ObjectNode usage(Result result) {
        return JSON.objectNode()
                .put("prompt_tokens", result.promptTokens())
                .put("completion_tokens", result.tokens())
                .put("total_tokens", result.promptTokens() + result.tokens());
    }

    private JsonNode logprobs(List<StreamedToken> tokens) {
        if (!request.logprobs()) {
            return JSON.nullNode();
        }
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
