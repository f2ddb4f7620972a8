package org.selgen.score;

import java.util.List;
import java.util.Optional;
import org.selgen.data.Score;

/** What may be wrong with an answer, whatever it says; its share is over all answers of a run alike. */
enum AnswerFlaw {
    /** It is no answer at all: empty, one symbol, or the same again and again. */
    DEGENERATE(Score.DEGENERATE, "degenerate@", "ok"),
    /** It was cut at the longest that an answer may be. */
    CUT(Score.CUT, Judged.FINISH, "stop");

    private final String metric;
    private final String rubric;
    private final String fine;

    /**
     * @param metric in the scores table
     * @param rubric whose verdicts are read, by its beginning
     * @param fine the verdict on an answer without the flaw
     */
    AnswerFlaw(String metric, String rubric, String fine) {
        this.metric = metric;
        this.rubric = rubric;
        this.fine = fine;
    }

    String metric() {
        return metric;
    }

    /** The answers of one run that were looked at; nothing if none was. */
    Optional<Tally> tally(List<Judged> own) {
        Tally tally = Tally.empty(Scale.SHARE, 1);
        own.stream()
                .filter(row -> row.rubric().startsWith(rubric))
                .forEach(row ->
                        tally.add(0, row.cluster(), new Cluster(row.verdict().equals(fine) ? 0 : 1, 1)));
        return tally.n() == 0 ? Optional.empty() : Optional.of(tally);
    }
}
