package org.selgen.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.judge.Rubric.Mode;

/** Replies of judges in words, as people's models write them. */
class TextScoreTest {
    private static final Rubric RUBRIC =
            new Rubric("kind", 1, Mode.TEXT, Map.of("0", "bad"), List.of("REFUSAL", "CODE"), "{question}{answer}");

    private static Verdict verdict(String reply) {
        return ReplyParser.of(
                RUBRIC, new Completion(reply.replace("\\n", "\n"), "stop", List.of(), NumberTokens.UNKNOWN), "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "72",
                " 72\\n",
                "72.",
                "**72**",
                "__72__",
                "`72`",
                "\"72\"",
                "‘72’",
                "# 72",
                "72/100",
                "**72**/100",
                "72 / 100",
                "72 out of 100",
                "72 (out of 100)",
                "72 out of a possible 100",
                "I would give it 72 of 100.",
                "72%",
                "72 %",
                "72 points",
                "72pts",
                "Score: 72",
                "score=72",
                "Rating - 72",
                "My rating is 72.",
                "[[72]]",
                "[72]",
                "(72)",
                "{72}",
                "\\boxed{72}",
                "$72$",
                "<score>72</score>",
                "<answer>72</answer>",
                "{\"score\": 72}",
                "{'rating': '72'}",
                "```json\\n{\"score\": 72}\\n```",
                "```\\n72\\n```",
                "<think>30? or 90?</think>72",
                "<think>\\n30\\n</think>\\n\\n**72**",
                "90, no\\n</think>\\n72",
                "~72",
                "≈ 72",
                "about 72",
                "The answer is helpful. 72",
                "72\\n\\nThe answer is helpful.",
                "72, and again 72.",
                "seventy-two",
                "Seventy two out of one hundred",
                "72.0",
                "72,0",
                "７２",
                "７2",
                "٧٢",
                "𝟕𝟐",
                "+72",
                "On a scale of 0 to 100: 72",
                "On a scale from 0-100 I say 72",
                "Grade: 72/100.0",
                "72 ✅"
            })
    void aPersonReads72(String reply) {
        assertThat(verdict(reply)).returns("scored", Verdict::verdict).returns(72.0, Verdict::score);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "N/A",
                "-",
                "none",
                "I cannot grade this.",
                "I can't grade this one.",
                "between 70 and 80",
                "70-80",
                "70 – 80",
                "72 or 73",
                "72/100, maybe 80/100",
                "8/10",
                "3.5/5",
                "150",
                "101",
                "-5",
                "−5",
                "－5",
                "0.72",
                ".72",
                "72 for 2 reasons",
                "1. 72",
                "72 73",
                "CODE 72",
                "REFUSAL, so 0",
                "72 REFUSAL",
                "REFUSAL CODE",
                "<think>72",
                "<think>I would say 72.",
                "17 + 55 = 72",
                "{\"score\": 72, \"confidence\": 90}",
                "1e9",
                "7 2",
                "not a REFUSAL",
                "Scores go from 0 to 100.",
                "99999999999999999999999999",
                "no one knows"
            })
    void nobodyCanTell(String reply) {
        assertThat(verdict(reply)).returns("unreadable", Verdict::verdict).returns(null, Verdict::score);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REFUSAL",
                "refusal",
                "Refusal.",
                "**REFUSAL**",
                "\"REFUSAL\"",
                "[REFUSAL]",
                "REFUSAL: it declines.",
                "Refusal - it declines.",
                "Score: REFUSAL",
                "{\"score\": \"REFUSAL\"}",
                "<score>REFUSAL</score>",
                "```\\nREFUSAL\\n```",
                "<think>72 or CODE?</think>REFUSAL",
                "This is a REFUSAL.",
                "The answer is REFUSAL",
                "Verdict: refusal"
            })
    void aWordOfTheRubricIsItsVerdict(String reply) {
        assertThat(verdict(reply)).returns("refusal", Verdict::verdict).returns(null, Verdict::score);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.0", "0/100", "0%", "zero"})
    void zeroIsAScoreAndNotNothing(String reply) {
        assertThat(verdict(reply).scored()).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"100", "100/100", "100.0", "100 out of 100", "100%", "one hundred", "Score: **100**/100"})
    void theTopOfTheScaleIsAScore(String reply) {
        assertThat(verdict(reply).scored()).hasValue(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"72.5", "72,5", "Score: 72.5/100", "72.5%"})
    void aHalfIsReadAsItStands(String reply) {
        assertThat(verdict(reply).scored()).hasValue(72.5);
    }
}
