package org.selgen.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.selgen.judge.endpoint.Endpoint;

class JudgeCostTest {
    private static Endpoint endpoint(long maxCalls, double maxCost, double prompt, double reply) {
        return new Endpoint("http://x/v1", "m", null, null, 60, 16, 6, 600, 500, maxCalls, maxCost, prompt, reply);
    }

    @Test
    void tokensTimesPricesAreTheCost() {
        JudgeCost fees = new JudgeCost(1000, 4_000_000, 2);
        assertThat(fees.cost(endpoint(0, 0, 0.5, 3))).hasValue(0.5 + 0.006);
        assertThat(fees.summary(endpoint(0, 0, 0.5, 3)))
                .isEqualTo("needs at most 1000 calls, about 1000000 prompt and 2000 reply tokens, cost about 0.5060");
    }

    @Test
    void withoutPricesThereIsNoCost() {
        assertThat(new JudgeCost(1, 4, 1).summary(endpoint(0, 0, 0, 0)))
                .endsWith("reply tokens, no prices in judges.yaml");
    }

    @Test
    void aBudgetThatIsTooSmallIsWarnedOf() {
        assertThat(new JudgeCost(11, 4_000_000, 1).summary(endpoint(10, 0.4, 0.5, 0)))
                .contains("WARNING: more than its maxCalls, 10,", "WARNING: more than its maxCost, 0.4,");
        assertThat(new JudgeCost(10, 4_000_000, 1).summary(endpoint(10, 0.5, 0.5, 0)))
                .doesNotContain("WARNING");
    }
}
