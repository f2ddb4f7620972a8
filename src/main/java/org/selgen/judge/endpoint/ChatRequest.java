package org.selgen.judge.endpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.selgen.data.Message;
import org.selgen.judge.Rubric.Mode;

/**
 * A reply that a judge is to give.
 *
 * @param model its name there
 * @param maxTokens most tokens of a reply
 * @param mode how the reply is to be read
 */
record ChatRequest(String model, List<Message> chat, int maxTokens, Mode mode) implements EndpointRequest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String json(RequestParameters parameters) {
        ObjectNode request = JSON.createObjectNode().put("model", model);
        messages(request, chat);
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

    static void messages(ObjectNode request, List<Message> chat) {
        chat.forEach(turn -> request.withArray("messages")
                .addObject()
                .put("role", turn.role())
                .put("content", turn.content()));
    }

    @Override
    public boolean asksLogprobs(RequestParameters parameters) {
        return mode == Mode.LOGPROB && parameters.has(RequestParameters.LOGPROBS);
    }

    /** The bound of the reply. Without log-probabilities it is read by its text, which needs more than a first token. */
    @Override
    public int mostTokens(RequestParameters parameters) {
        return asksLogprobs(parameters) ? maxTokens : parameters.room() + Math.max(maxTokens, Mode.TEXT.mostTokens());
    }

    @Override
    public Optional<RequestParameters> after(EndpointError error, RequestParameters sent) {
        return sent.after(error);
    }
}
