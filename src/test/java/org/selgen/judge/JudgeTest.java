package org.selgen.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.selgen.data.Generation;
import org.selgen.data.Judgement;
import org.selgen.data.Question;
import org.selgen.data.Variant;

class JudgeTest {
    private static final Question QUESTION = TestQuestions.question(Variant.WRONG, "6", "is it 4 ?");

    private static Generation answer(String question) {
        return new Generation("run", "d", question, 2, "greedy,max=32", "no , it is 6 .", "stop", 7);
    }

    @Test
    void aJudgementNamesItsAnswerAndItsRubric() {
        assertThat(Judge.judgement(new Confirmation(), QUESTION, answer("q")))
                .isEqualTo(new Judgement(
                        "run",
                        "d",
                        "q",
                        2,
                        "greedy,max=32",
                        "confirmation@3",
                        "reject",
                        null,
                        "no , it is 6 .",
                        "no , it is 6 ."));
    }

    @Test
    void anAnswerToAnotherQuestionIsRefused() {
        assertThatThrownBy(() -> Judge.judgement(new Confirmation(), QUESTION, answer("other")))
                .hasMessage(
                        "The answer is to question 'other' but the question given is 'q'; join them by dataset and question");
    }

    @Test
    void theFullGoldAndRejectedTextsDoNotChangeAVerdict() {
        Question told = new Question(
                "q", "d", "label", "g", Variant.WRONG, QUESTION.prompt(), "6", null, "no , it is 6 .", "maybe so");
        assertThat(new Confirmation().verdict(told, "maybe so"))
                .isEqualTo(new Confirmation().verdict(QUESTION, "maybe so"));
    }
}
