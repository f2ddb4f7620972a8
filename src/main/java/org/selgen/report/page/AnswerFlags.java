package org.selgen.report.page;

import java.util.Collection;
import org.selgen.data.Judgement;
import org.selgen.data.Question;
import org.selgen.score.Axis;
import org.selgen.score.Judged;
import org.selgen.score.Reading;

/** What is to be known of an answer to filter answers by, in the bits of a number. The page's code has the same bits. */
final class AnswerFlags {
    static final int HIT = 1;
    static final int MISS = 2;
    static final int UNREAD = 4;
    static final int EVADES = 8;
    static final int DEGENERATE = 16;
    static final int CUT = 32;

    private static final String DEGENERATE_RUBRIC = "degenerate@";
    private static final String FINE = "ok";
    private static final String WHOLE = "stop";

    private AnswerFlags() {}

    /** Of an answer; a hit and a miss where two judges disagree. */
    static int of(ReadAnswer answer, Question question, Collection<Axis> axes) {
        int flags = answer.answer().finish().equals(WHOLE) ? 0 : CUT;
        for (Judgement judgement : answer.judgements()) {
            if (judgement.rubric().startsWith(DEGENERATE_RUBRIC)) {
                flags |= judgement.verdict().equals(FINE) ? 0 : DEGENERATE;
                continue;
            }
            flags |= judgement.evades() ? EVADES : 0;
            flags |= switch (Reading.of(Judged.of(question, judgement), axes)) {
                case HIT -> HIT;
                case MISS -> MISS;
                case UNREAD -> UNREAD;
                case NONE -> 0;
            };
        }
        return flags;
    }
}
