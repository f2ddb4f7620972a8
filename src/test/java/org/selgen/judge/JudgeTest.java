package org.selgen.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.selgen.data.Question;
import org.selgen.data.Variant;

class JudgeTest {
    private static final Question QUESTION = TestQuestions.question(Variant.WRONG, "6", "is it 4 ?");

    @Test
    void theFullGoldAndRejectedTextsDoNotChangeAVerdict() {
        Question told = new Question(
                "q", "d", "label", "g", Variant.WRONG, QUESTION.prompt(), "6", null, "no , it is 6 .", "maybe so");
        assertThat(new Confirmation().verdict(told, "maybe so"))
                .isEqualTo(new Confirmation().verdict(QUESTION, "maybe so"));
    }
}
