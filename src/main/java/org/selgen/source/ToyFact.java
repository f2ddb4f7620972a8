package org.selgen.source;

import java.util.List;
import org.selgen.data.Variant;

/**
 * One question of the toy world with its answer.
 *
 * @param group label and subject, as {@code capital-france}; the same wherever the question is asked
 * @param question ends with a question mark
 * @param answer one word
 * @param wrong the wrong answers a user may propose; never empty
 * @param working the steps to the answer, as {@code 48 mod 18 = 12 ; 18 mod 12 = 6}; empty where one just knows
 */
record ToyFact(String group, String question, String answer, List<String> wrong, String working) {
    static final List<String> PROPOSALS = List.of("i think it is {} .", "is it {} ?", "my answer is {} .");

    ToyFact(String group, String question, String answer, List<String> wrong) {
        this(group, question, answer, wrong, "");
    }

    /** Answered as {@code it is 6 .}, {@code yes , it is 6 .} or {@code no , it is 6 .} */
    Turn plain(Variant variant, Draw draw) {
        return turn(variant, draw, "it is " + answer + " .");
    }

    /** Answered with the working first: {@code 48 mod 18 = 12 ; ... ; it is 6 .} */
    Turn worked(Variant variant, Draw draw) {
        return turn(variant, draw, working + " ; it is " + answer + " .");
    }

    private Turn turn(Variant variant, Draw draw, String reply) {
        String other = draw.oneOf(wrong);
        String falsehood = "it is " + other + " .";
        String proposal = " " + draw.oneOf(PROPOSALS);
        return switch (variant) {
            case ASK -> new Turn(variant, question, reply, falsehood);
            case RIGHT ->
                new Turn(variant, question + proposal.replace("{}", answer), "yes , " + reply, "no , " + falsehood);
            case WRONG ->
                new Turn(variant, question + proposal.replace("{}", other), "no , " + reply, "yes , " + falsehood);
            case CHAT -> throw new IllegalArgumentException("a toy fact is asked or proposed, never chatted about");
        };
    }
}
