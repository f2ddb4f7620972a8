package org.selgen.experiment;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.selgen.data.BadInput;
import org.selgen.data.Example;
import org.selgen.data.Message;
import org.selgen.data.Question;
import org.selgen.data.Variant;
import org.selgen.source.Selection;

class HeldOutTest {
    private static final Example SELECTED = row(Selection.group("screen", "france"), "where is paris ?");

    private static Example row(String group, String prompt) {
        return new Example(
                "line-1", "known", "proxy", "l", group, Variant.CHAT, List.of(Message.user(prompt)), "yes", null);
    }

    private static Question question(String dataset, String group, String prompt) {
        return new Question(
                "id", dataset, "l", group, Variant.ASK, List.of(Message.user(prompt)), "yes", null, "yes", null);
    }

    private static void check(Example row, Question... questions) {
        HeldOut.check(List.of(List.of(row)), List.of(List.of(questions)));
    }

    @Test
    void noFormOfAQuestionThatSelectedMayBeAsked() {
        assertThatThrownBy(() -> check(SELECTED, question("screen", "france", "is it lyon ?")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("1 questions, as 'id' of dataset 'screen', are forms of questions whose judged"
                        + " answers selected training rows (dataset 'known')");
    }

    @Test
    void norUnderTheNameOfAnotherDataset() {
        assertThatThrownBy(() -> check(
                        SELECTED,
                        question("other", "fr", "where is paris ?"),
                        question("other", "fr", "is it lyon ?"),
                        question("other", "es", "where is madrid ?")))
                .hasMessageContaining("2 questions, as 'id' of dataset 'other'");
    }

    @Test
    void otherQuestionsAndRowsThatNothingSelectedAreFree() {
        assertThatCode(() -> check(SELECTED, question("screen", "spain", "is it lyon ?")))
                .doesNotThrowAnyException();
        assertThatCode(() -> check(row("france", "where is paris ?"), question("screen", "france", "is it lyon ?")))
                .doesNotThrowAnyException();
    }
}
