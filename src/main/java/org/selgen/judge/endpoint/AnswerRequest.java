package org.selgen.judge.endpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.selgen.data.BadInput;
import org.selgen.data.Message;

/**
 * An answer that a model is to give. What is set here is asked for or not at all: an endpoint that refuses it is no place for
 * the experiment. {@code top_k} and {@code repetition_penalty} are sent as what changes nothing, since servers take other
 * values from a model's {@code generation_config.json}; an endpoint that does not know them is asked without.
 *
 * @param model its name there
 * @param maxTokens most tokens of the answer
 * @param temperature 0 for the likeliest tokens
 * @param topP draw only from the smallest set of tokens whose probability reaches it
 * @param seed of the draws; not sent where nothing is drawn
 * @param variables of the chat template; none are sent where there are none
 */
public record AnswerRequest(
        String model,
        List<Message> chat,
        int maxTokens,
        float temperature,
        float topP,
        int seed,
        Map<String, Object> variables)
        implements EndpointRequest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What an experiment calls the parameters that are its settings. */
    private static final Map<String, String> SETTINGS = new TreeMap<>(Map.of(
            RequestParameters.MAX_TOKENS, "decoding.maxTokens",
            RequestParameters.TEMPERATURE, "decoding.temperature",
            RequestParameters.TOP_P, "decoding.topP",
            RequestParameters.SEED, "decoding.seed",
            RequestParameters.VARIABLES, "chat.variables"));

    @Override
    public String json(RequestParameters parameters) {
        ObjectNode request = JSON.createObjectNode().put("model", model);
        ChatRequest.messages(request, chat);
        request.put(RequestParameters.MAX_TOKENS, maxTokens)
                .put(RequestParameters.TEMPERATURE, decimal(temperature))
                .put(RequestParameters.TOP_P, decimal(topP));
        if (temperature > 0) {
            request.put(RequestParameters.SEED, seed);
        }
        if (parameters.has(RequestParameters.TOP_K)) {
            request.put(RequestParameters.TOP_K, -1);
        }
        if (parameters.has(RequestParameters.REPETITION_PENALTY)) {
            request.put(RequestParameters.REPETITION_PENALTY, 1.0);
        }
        if (!variables.isEmpty()) {
            request.set(RequestParameters.VARIABLES, JSON.valueToTree(variables));
        }
        return request.toString();
    }

    /** As 0.7, not 0.699999988079071. */
    private static double decimal(float number) {
        return Double.parseDouble(Float.toString(number));
    }

    @Override
    public boolean asksLogprobs(RequestParameters parameters) {
        return false;
    }

    @Override
    public int mostTokens(RequestParameters parameters) {
        return maxTokens;
    }

    @Override
    public Optional<RequestParameters> after(EndpointError error, RequestParameters sent) {
        for (String neutral : List.of(RequestParameters.TOP_K, RequestParameters.REPETITION_PENALTY)) {
            if (sent.has(neutral) && RequestParameters.names(error, neutral)) {
                return Optional.of(sent.without(neutral));
            }
        }
        SETTINGS.forEach((parameter, setting) -> {
            if (RequestParameters.names(error, parameter)) {
                throw new BadInput(error.after("the endpoint refuses " + parameter + " as the experiment's " + setting
                                + " has it, for model '" + model + "'")
                        + "; change the setting, or answer without generation.endpoint");
            }
        });
        return Optional.empty();
    }

    /**
     * What came of it.
     *
     * @param text without blanks around it
     * @param finish {@code stop} or {@code length}
     * @param tokens as the endpoint counts them
     */
    public record Answered(String text, String finish, int tokens) {}
}
