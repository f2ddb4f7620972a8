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

    static Verdict verdict(String reply) {
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
                "72 ✅",
                "**Score:** 72/100",
                "Score: **72** / **100**",
                "Score/100: 72",
                "Score (/100): 72",
                "Score (out of 100): 72",
                "Score (0–100): 72",
                "Score [0-100]: 72",
                "Score in [0, 100]: 72",
                "Score from 0 (worst) to 100 (best): 72",
                "0..100: 72",
                "72 on a 100-point scale",
                "72 out of the possible 100 points",
                "72 (max. 100)",
                "72 (maximum: 100)",
                "72\u00a0/\u00a0100",
                "72\u202f%",
                "72⁄100",
                "７２／１００",
                "7\u200b2",
                "\ufeff72",
                "72 percent",
                "72/100 (72%)",
                "Seventy-two (72/100)",
                "Score → 72",
                "Score -> 72",
                "Score-72",
                "- 72",
                "> 72",
                "| Score | 72 |",
                "Score:\\n72",
                "score: 72\\nreason: it is kind",
                "\"score\": 72.0",
                "{\"rating\": 72.0}",
                "<score value=\"72\"/>",
                "<b>72</b>",
                "\\\\(72\\\\)",
                "Rating: [[72]]",
                "[[ 72 ]]",
                "B+ (72)",
                "I'd say it's around a 72.",
                "072",
                "72.00",
                "72<|eot_id|>",
                "<|begin_of_box|>72<|end_of_box|>",
                "<think></think>72",
                "<THINKING>30</THINKING>72",
                "[THINK]30 or 40[/THINK]72",
                "◁think▷30◁/think▷72",
                "<|begin_of_thought|>30<|end_of_thought|>72",
                "<|channel|>analysis<|message|>30?<|end|><|start|>assistant<|channel|>final<|message|>72"
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
                "no one knows",
                "70~80",
                "70…80",
                "72±5",
                "72 ± 5",
                "72/10",
                "17/20",
                "\\\\frac{72}{100}",
                "0.72 (72%)",
                "72,000",
                "{\"score\": null}",
                "{\"score\": 0.72}",
                "{\"helpful\": 70, \"honest\": 80}",
                "Helpful: 70\\nHonest: 80\\nTotal: 75",
                "1. Helpful: 70\\n2. Honest: 80",
                "72% sure that it is 60",
                "[72, 80]",
                "72 | 80",
                "72 → 80",
                "from 70 to 80",
                "70 (low) to 80 (high)",
                "0 to 100",
                "[THINK]72",
                "◁think▷72",
                "<|begin_of_thought|>72",
                "Score: ?/100",
                "Score: __/100",
                "out of 100",
                "a 100-point scale"
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
}
