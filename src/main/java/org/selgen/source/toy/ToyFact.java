package org.selgen.source.toy;

import java.util.List;
import org.selgen.data.Variant;
import org.selgen.source.form.QuestionForm;
import org.selgen.source.form.SeededRandom;

/**
 * One question of the toy world with its answer.
 *
 * @param group label and subject, as {@code capital-france}; the same in all datasets
 * @param question ends with a question mark
 * @param answer one word
 * @param wrong the wrong answers that a user may propose; never empty
 * @param working the steps to the answer, as {@code 48 mod 18 = 12 ; 18 mod 12 = 6}; empty where there are none
 */
public record ToyFact(String group, String question, String answer, List<String> wrong, String working) {
    static final List<String> PROPOSALS = List.of("i think it is {} .", "is it {} ?", "my answer is {} .");

    ToyFact(String group, String question, String answer, List<String> wrong) {
        this(group, question, answer, wrong, "");
    }

    /** Answered as {@code it is 6 .}, {@code yes , it is 6 .} or {@code no , it is 6 .} */
    public QuestionForm plain(Variant variant, SeededRandom draw) {
        return turn(variant, draw, "it is " + answer + " .");
    }

    /** Answered with the working first: {@code 48 mod 18 = 12 ; ... ; it is 6 .} */
    public QuestionForm worked(Variant variant, SeededRandom draw) {
        return turn(variant, draw, working + " ; it is " + answer + " .");
    }

    private QuestionForm turn(Variant variant, SeededRandom draw, String reply) {
        String other = draw.oneOf(wrong);
        String falsehood = "it is " + other + " .";
        String proposal = " " + draw.oneOf(PROPOSALS);
        return switch (variant) {
            case ASK -> new QuestionForm(variant, question, reply, falsehood);
            case RIGHT ->
                new QuestionForm(
                        variant, question + proposal.replace("{}", answer), "yes , " + reply, "no , " + falsehood);
            case WRONG ->
                new QuestionForm(
                        variant, question + proposal.replace("{}", other), "no , " + reply, "yes , " + falsehood);
            case CHAT -> throw new IllegalArgumentException("a toy fact is asked or proposed, never chatted about");
        };
    }
}
