package org.selgen.judge.endpoint;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which of a request's parameters an endpoint takes, as far as its refusals have told.
 *
 * @param bound the name of the parameter that bounds a reply
 * @param top how many of the likeliest tokens are asked for
 * @param without parameters that are left out
 */
record RequestParameters(String bound, int top, Set<String> without) implements Serializable {
    static final String MAX_TOKENS = "max_tokens";
    static final String MAX_COMPLETION_TOKENS = "max_completion_tokens";
    static final String LOGPROBS = "logprobs";
    static final String TOP_LOGPROBS = "top_logprobs";
    static final String TEMPERATURE = "temperature";
    static final String SEED = "seed";
    static final String TOP_P = "top_p";
    static final String TOP_K = "top_k";
    static final String REPETITION_PENALTY = "repetition_penalty";
    static final String VARIABLES = "chat_template_kwargs";

    /** All that a request may hold beside its model and its messages. */
    static final Set<String> KNOWN = Set.of(
            MAX_TOKENS,
            MAX_COMPLETION_TOKENS,
            LOGPROBS,
            TOP_LOGPROBS,
            TEMPERATURE,
            SEED,
            TOP_P,
            TOP_K,
            REPETITION_PENALTY,
            VARIABLES);

    /** Nothing was refused. */
    static final RequestParameters ALL = new RequestParameters(MAX_TOKENS, 20, Set.of());

    private static final int FEW = 5;

    /** Tokens for the thoughts of models that bound a completion and not a reply. */
    private static final int THOUGHTS = 2048;

    boolean has(String parameter) {
        return !without.contains(parameter);
    }

    /** Whether replies are bounded with the thoughts before them. */
    private boolean thoughts() {
        return bound.equals(MAX_COMPLETION_TOKENS);
    }

    /** Tokens that are needed beside those of a reply that is read by its text. */
    int room() {
        return thoughts() ? THOUGHTS : 0;
    }

    /** The same without what an error refuses; empty if it refuses nothing that can be given otherwise or left out. */
    Optional<RequestParameters> after(EndpointError error) {
        if (!thoughts() && names(error, MAX_TOKENS)) {
            return Optional.of(new RequestParameters(MAX_COMPLETION_TOKENS, top, without));
        }
        boolean likeliest = has(LOGPROBS) && names(error, TOP_LOGPROBS);
        if (likeliest && top > FEW) {
            return Optional.of(new RequestParameters(bound, FEW, without));
        }
        if (likeliest || (has(LOGPROBS) && names(error, LOGPROBS))) {
            return Optional.of(without(LOGPROBS));
        }
        for (String each : List.of(TEMPERATURE, SEED)) {
            if (has(each) && names(error, each)) {
                return Optional.of(without(each));
            }
        }
        return Optional.empty();
    }

    /** Whether an error is about that parameter: in a field of its own, or else in its words. */
    static boolean names(EndpointError error, String wanted) {
        return KNOWN.contains(error.parameter())
                ? error.parameter().equals(wanted)
                : Pattern.compile("(?<![\\w-])" + Pattern.quote(wanted) + "(?![\\w-])")
                        .matcher(error.text())
                        .find();
    }

    RequestParameters without(String parameter) {
        Set<String> more = new TreeSet<>(without);
        more.add(parameter);
        return new RequestParameters(bound, top, more);
    }

    /** As {@code max_completion_tokens in place of max_tokens, no temperature}; empty where nothing was refused. */
    @Override
    public String toString() {
        List<String> said = new ArrayList<>();
        if (thoughts()) {
            said.add(MAX_COMPLETION_TOKENS + " in place of " + MAX_TOKENS);
        }
        if (has(LOGPROBS) && top < ALL.top) {
            said.add(TOP_LOGPROBS + " " + top);
        }
        without.forEach(each -> said.add("no " + each));
        return String.join(", ", said);
    }
}
