package org.selgen.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.StringLength;
import org.selgen.data.Message;
import org.selgen.data.Question;
import org.selgen.data.Variant;
import org.selgen.hostile.Mutation;
import org.selgen.judge.endpoint.CompletionJson;
import org.selgen.judge.text.Claim;
import org.selgen.judge.text.FinalAnswer;

/** Whatever a judge or a model replies gives a score or none, and never an exception. */
class RepliesFuzzTest {
    private static final String ANSWER = "Step 1: gcd(48, 18) = gcd(18, 12). So 48 = 2 × 18 + 12, and the gcd is **6**."
            + " [[6]] Therefore x ≡ 6 (mod 7), or 12/2 = 6.5e1; no, it is not 7.";
    private static final String REPLY = """
            {"choices":[{"finish_reason":"length","message":{"content":"70"},"logprobs":{"content":[{"top_logprobs":
            [{"token":"70","logprob":-0.1}]}]}}],"usage":{"prompt_tokens":9,"completion_tokens":1}}""";
    private static final Question QUESTION = question();

    private static Question question() {
        List<Message> prompt = List.of(Message.user("What is the gcd of 48 and 18?"));
        return new Question("1", "test", "gcd", "1", Variant.ASK, prompt, "6", null, "6", null);
    }

    @Property(tries = 3000, seed = "1", shrinking = ShrinkingMode.OFF)
    void finalAnswerOfAChangedReply(@ForAll long seed) {
        Optional<Claim> answer = FinalAnswer.of(Mutation.of(ANSWER, seed), QUESTION);
        assertThat(answer.map(Claim::value)).isNotNull();
    }

    @Property(tries = 1000, seed = "2", shrinking = ShrinkingMode.OFF)
    void finalAnswerOfAnything(@ForAll @StringLength(max = 300) String reply) {
        assertThat(FinalAnswer.of(reply, QUESTION)).isNotNull();
    }

    @Property(tries = 2000, seed = "3")
    void scoreOfAnyTokens(@ForAll List<String> tokens, @ForAll double logprob) {
        double sound = -Math.abs(logprob);
        OptionalDouble score = LogprobScore.of(
                tokens.stream().map(token -> new TokenLogprob(token, sound)).toList());
        score.ifPresent(value -> assertThat(value).isBetween(-1e-9, 100 + 1e-9));
    }

    @Property(tries = 3000, seed = "5", shrinking = ShrinkingMode.OFF)
    void completionOfAChangedReply(@ForAll long seed) {
        try {
            CompletionJson.reply(Mutation.of(REPLY.getBytes(StandardCharsets.UTF_8), seed));
        } catch (IOException e) {
            assertThat(e).isNotNull(); // a damaged reply: asked for again
        }
    }

    @Property(tries = 3000, seed = "4", shrinking = ShrinkingMode.OFF)
    void scoreOfAChangedNumber(@ForAll long seed) {
        LogprobScore.number(Mutation.of(" 85", seed))
                .ifPresent(n -> assertThat(n).isBetween(0, 100));
    }
}
