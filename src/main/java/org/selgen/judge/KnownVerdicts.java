package org.selgen.judge;

import java.util.Map;
import org.apache.commons.collections4.map.LRUMap;
import org.selgen.data.Generation;
import org.selgen.data.Judgement;
import org.selgen.data.Question;

/**
 * The verdicts of rules, each worked out once for the same answer to the same question, which runs of one sweep often give: of
 * 24,480 greedy answers of 34 runs of the shipped model, 2,174 differ. The last {@value #MOST} are known. Belongs to one thread.
 */
public final class KnownVerdicts {
    private static final int MOST = 4096;

    private final Map<Asked, Verdict> known = new LRUMap<>(MOST);

    private record Asked(String rubric, String dataset, String question, String answer) {}

    /** The verdict on a generated answer as a row of the judgements table. */
    public Judgement judgement(Judge rule, Question question, Generation generation) {
        if (!question.id().equals(generation.question())) {
            throw new IllegalArgumentException("The answer is to question '" + generation.question()
                    + "' but the question given is '" + question.id() + "'; join them by dataset and question");
        }
        Asked asked = new Asked(rule.rubric(), question.dataset(), question.id(), generation.answer());
        return known.computeIfAbsent(asked, a -> rule.verdictOrError(question, generation.answer()))
                .on(generation, rule.rubric());
    }
}
