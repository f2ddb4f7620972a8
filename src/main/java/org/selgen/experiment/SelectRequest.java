package org.selgen.experiment;

import java.util.List;
import java.util.OptionalDouble;
import org.selgen.data.Judgement;
import org.selgen.data.Variant;

/**
 * Which judged answers select training rows, and what the rows are.
 *
 * @param run id of a run, or its beginning; empty for the base model
 * @param judge one of the experiment's
 * @param verdict that counts as right; not looked at where a score is given
 * @param score least score that counts as right; none where verdicts count
 * @param least right answers that a question needs
 * @param forms of questions that are looked at; all if empty
 * @param rows what is written
 */
public record SelectRequest(
        String run, String judge, String verdict, OptionalDouble score, int least, List<Variant> forms, Rows rows) {
    /** What is written of a selected question. */
    public enum Rows {
        /** The question with the dataset's answer. */
        QUESTION,
        /** All forms of the question with the dataset's answers: asked, rightly and wrongly proposed. */
        GROUP,
        /** The question with each different right answer that the model gave itself, and ended: rows of its own policy. */
        OWN
    }

    /** Whether an answer with this judgement is a right one. */
    public boolean right(Judgement judgement) {
        return score.isPresent()
                ? judgement.scored().orElse(Double.NEGATIVE_INFINITY) >= score.getAsDouble()
                : judgement.verdict().equals(verdict);
    }

    /** What counts as right, for the file. */
    public String counted() {
        return score.isPresent() ? "score>=" + score.getAsDouble() : verdict;
    }
}
