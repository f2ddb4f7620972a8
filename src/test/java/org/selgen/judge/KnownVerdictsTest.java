package org.selgen.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.selgen.data.Generation;
import org.selgen.data.Judgement;
import org.selgen.data.Question;
import org.selgen.data.Variant;

class KnownVerdictsTest {
    private static final Question QUESTION = TestQuestions.question(Variant.WRONG, "6", "is it 4 ?");
    private static final Question OTHER = new Question(
            "q", "e", "label", "g", Variant.RIGHT, QUESTION.prompt(), "4", null, "yes , it is 4 .", "no , it is 6 .");

    private static Generation answer(String dataset, String text) {
        return new Generation("run", dataset, "q", 2, "greedy,max=32", text, "stop", 7);
    }

    @Test
    void aJudgementNamesItsAnswerAndItsRubric() {
        assertThat(new KnownVerdicts().judgement(new Confirmation(), QUESTION, answer("d", "no , it is 6 .")))
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
        assertThatThrownBy(() -> new KnownVerdicts()
                        .judgement(
                                new Confirmation(),
                                OTHER,
                                new Generation("run", "e", "other", 2, "greedy,max=32", "no", "stop", 7)))
                .hasMessage(
                        "The answer is to question 'other' but the question given is 'q'; join them by dataset and question");
    }

    @Test
    void verdictsAreThoseOfEachAnswerAlone() {
        KnownVerdicts known = new KnownVerdicts();
        for (int time = 0; time < 2; time++) {
            for (String text : List.of("no , it is 6 .", "yes , it is 4 .", "it is 6", "no no no no no no no no", "")) {
                for (Judge rule : List.of(new Confirmation(), new MathsAnswer(), new Degenerate())) {
                    for (Question question : List.of(QUESTION, OTHER)) {
                        Generation given = answer(question.dataset(), text);
                        assertThat(known.judgement(rule, question, given))
                                .isEqualTo(rule.verdict(question, text).on(given, rule.rubric()));
                    }
                }
            }
        }
    }

    @Test
    void theSameAnswerToTheSameQuestionIsReadOnce() {
        KnownVerdicts known = new KnownVerdicts();
        Judge rule = new Confirmation();
        String first =
                known.judgement(rule, QUESTION, answer("d", "no , it is 6 .")).reason();
        assertThat(known.judgement(rule, QUESTION, answer("d", "no , it is 6 ."))
                        .reason())
                .isSameAs(first);
        assertThat(new KnownVerdicts()
                        .judgement(rule, QUESTION, answer("d", "no , it is 6 ."))
                        .reason())
                .isNotSameAs(first);
    }
}
