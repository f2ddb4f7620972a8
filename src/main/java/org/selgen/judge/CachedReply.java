package org.selgen.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the judgements table keeps in {@code reply}: enough to work the score out again without a call.
 * {@code {"request":"…","content":"85","finish":"length","top":[["85",-0.51],[" 90",-1.6]]}}, and {@code numbers} where it is
 * known how the judge's tokens write them.
 *
 * @param request hash of model, settings and prompt
 */
record CachedReply(String request, Completion completion) {
    private static final ObjectMapper JSON = new ObjectMapper();

    String json() {
        ObjectNode json = JSON.createObjectNode()
                .put("request", request)
                .put("content", completion.content())
                .put("finish", completion.finish());
        if (completion.numbers() != NumberTokens.UNKNOWN) {
            json.put("numbers", completion.numbers().key());
        }
        ArrayNode top = json.putArray("top");
        completion.top().forEach(t -> top.addArray().add(t.token()).add(t.logprob()));
        return json.toString();
    }

    /** None if the text is no kept reply, as that of an error row. */
    static Optional<CachedReply> parse(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            if (!json.path("request").isTextual()) {
                return Optional.empty();
            }
            List<TokenLogprob> top = new ArrayList<>();
            json.path("top")
                    .forEach(t -> top.add(
                            new TokenLogprob(t.path(0).asText(), t.path(1).asDouble())));
            Completion completion = new Completion(
                    json.path("content").asText(),
                    json.path("finish").asText(),
                    List.copyOf(top),
                    NumberTokens.of(json.path("numbers").asText()));
            return Optional.of(new CachedReply(json.get("request").textValue(), completion));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
