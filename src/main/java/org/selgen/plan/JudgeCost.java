package org.selgen.plan;

import java.util.Locale;
import java.util.OptionalDouble;
import org.selgen.judge.endpoint.Endpoint;

/**
 * What calls of an endpoint will come to.
 * <pre>  prompt tokens ≈ characters / 4,   reply tokens ≤ calls · most tokens of a reply </pre>
 * Four characters a token is a rule of thumb for English; the service counts by its own tokenizer.
 *
 * @param calls at most; equal answers need one call
 * @param characters of all prompts
 * @param replyTokens most tokens of one reply
 */
record JudgeCost(long calls, long characters, int replyTokens) {
    private static final int CHARACTERS = 4;

    long promptTokens() {
        return characters / CHARACTERS;
    }

    long repliedTokens() {
        return calls * replyTokens;
    }

    /** None where the endpoint has no prices. */
    OptionalDouble cost(Endpoint endpoint) {
        return endpoint.promptPrice() + endpoint.replyPrice() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(endpoint.cost(promptTokens(), repliedTokens()));
    }

    /** As {@code needs at most 480 calls, about 120000 prompt and 480 reply tokens, cost about 0.0122}, with what exceeds a budget. */
    String summary(Endpoint endpoint) {
        return summary(endpoint, "judges.yaml", "judging");
    }

    /**
     * The same of other calls.
     *
     * @param where the endpoint is named
     * @param what the calls are for
     */
    String summary(Endpoint endpoint, String where, String what) {
        OptionalDouble cost = cost(endpoint);
        String money = cost.isPresent()
                ? String.format(Locale.ROOT, "cost about %.4f", cost.getAsDouble())
                : "no prices in " + where;
        String summary = tokens() + ", " + money;
        if (endpoint.maxCalls() > 0 && calls > endpoint.maxCalls()) {
            summary += "; WARNING: more than its maxCalls, " + endpoint.maxCalls() + ", where " + what + " will stop";
        }
        if (endpoint.maxCost() > 0 && cost.isPresent() && cost.getAsDouble() > endpoint.maxCost()) {
            summary += "; WARNING: more than its maxCost, " + endpoint.maxCost() + ", where " + what + " will stop";
        }
        return summary;
    }

    String tokens() {
        return "needs at most " + calls + " calls, about " + promptTokens() + " prompt and " + repliedTokens()
                + " reply tokens";
    }
}
