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
 * The JSON of an answer, whole or in pieces.
 *
 * @param id of the completion
 * @param created seconds since 1970
 * @param request what was asked
 */
record ChatReply(String id, long created, ChatRequest request) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    String whole(List<StreamedToken> said, Result done) {
        StringBuilder text = new StringBuilder();
        said.forEach(token -> text.append(token.text()));
        ObjectNode reply = head("chat.completion");
        ObjectNode choice = choice(reply, done.finish());
        choice.putObject("message")
                .put("role", "assistant")
                .put("content", text.toString().strip())
                .putNull("refusal");
        choice.set("logprobs", logprobs(said));
        reply.set("usage", usage(done));
        return reply.toString();
    }

    /** The first piece, which says who speaks. */
    String first() {
        ObjectNode reply = head("chat.completion.chunk");
        choice(reply, null).putObject("delta").put("role", "assistant").put("content", "");
        return reply.toString();
    }

    String piece(StreamedToken said) {
        ObjectNode reply = head("chat.completion.chunk");
        ObjectNode choice = choice(reply, null);
        choice.putObject("delta").put("content", said.text());
        choice.set("logprobs", logprobs(List.of(said)));
        return reply.toString();
    }

    /** The last pieces: why the answer ended and, where asked for, the numbers of tokens. */
    List<String> last(Result done) {
        List<String> pieces = new ArrayList<>();
        ObjectNode end = head("chat.completion.chunk");
        choice(end, done.finish()).putObject("delta");
        pieces.add(end.toString());
        if (request.usage()) {
            ObjectNode numbers = head("chat.completion.chunk");
            numbers.putArray("choices");
            numbers.set("usage", usage(done));
            pieces.add(numbers.toString());
        }
        return pieces;
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

    private static ObjectNode usage(Result done) {
        return JSON.objectNode()
                .put("prompt_tokens", done.promptTokens())
                .put("completion_tokens", done.tokens())
                .put("total_tokens", done.promptTokens() + done.tokens());
    }

    private JsonNode logprobs(List<StreamedToken> said) {
        if (!request.logprobs()) {
            return JSON.nullNode();
        }
        ObjectNode logprobs = JSON.objectNode().putNull("refusal");
        ArrayNode content = logprobs.putArray("content");
        for (StreamedToken token : said) {
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
