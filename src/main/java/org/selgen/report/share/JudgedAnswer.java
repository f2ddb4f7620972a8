package org.selgen.report.share;

import java.util.List;
import org.selgen.data.Generation;
import org.selgen.data.Judgement;
import org.selgen.data.Question;

/**
 * An answer beside its question and what judges said of it.
 *
 * @param judgements in the order of their rubrics
 */
public record JudgedAnswer(Question question, Generation answer, List<Judgement> judgements) {
    public JudgedAnswer {
        judgements = List.copyOf(judgements);
    }
}
