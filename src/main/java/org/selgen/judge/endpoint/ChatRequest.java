package org.selgen.judge.endpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.selgen.data.Message;
import org.selgen.judge.Rubric.Mode;

/**
 * What is asked of an endpoint, whichever parameters it takes.
 *
 * @param model its name there
 * @param maxTokens most tokens of a reply
 * @param mode how the reply is to be read
 */
record ChatRequest(String model, List<Message> chat, int maxTokens, Mode mode) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The body of the call. */
    String json(RequestParameters parameters) {
        ObjectNode request = JSON.createObjectNode().put("model", model);
        chat.forEach(turn -> request.withArray("messages")
                .addObject()
                .put("role", turn.role())
                .put("content", turn.content()));
        request.put(parameters.bound(), mostTokens(parameters));
        for (String zero : List.of(RequestParameters.TEMPERATURE, RequestParameters.SEED)) {
            if (parameters.has(zero)) {
                request.put(zero, 0);
            }
        }
        if (asksLogprobs(parameters)) {
            request.put(RequestParameters.LOGPROBS, true).put(RequestParameters.TOP_LOGPROBS, parameters.top());
        }
        return request.toString();
    }

    boolean asksLogprobs(RequestParameters parameters) {
        return mode == Mode.LOGPROB && parameters.has(RequestParameters.LOGPROBS);
    }

    /** The bound of the reply. Without log-probabilities it is read by its text, which needs more than a first token. */
    int mostTokens(RequestParameters parameters) {
        return asksLogprobs(parameters) ? maxTokens : parameters.room() + Math.max(maxTokens, Mode.TEXT.mostTokens());
    }
}
