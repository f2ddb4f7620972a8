package org.selgen.report.page;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.selgen.data.Question;
import org.selgen.score.Axis;

/**
 * The answers that a page shows.
 *
 * @param questions in the order to show them
 * @param axes by which an answer counts as a hit or a miss, the first that counts it deciding
 * @param answers by run, question and sample; gone through once
 * @param note what of all answers is not here; empty where all are
 */
public record PageAnswers(List<Question> questions, List<Axis> axes, Iterator<ReadAnswer> answers, String note) {
    public PageAnswers {
        questions = List.copyOf(questions);
        axes = List.copyOf(axes);
    }

    /** None. */
    public static PageAnswers none() {
        return new PageAnswers(List.of(), List.of(), Collections.emptyIterator(), "");
    }
}
