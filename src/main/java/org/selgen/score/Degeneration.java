package org.selgen.score;

import java.util.List;
import java.util.OptionalDouble;

/** How much of what a run writes is no answer at all: empty, one symbol, or the same again and again. */
public final class Degeneration {
    /** A run with a greater share is marked wherever it is shown: its scores are those of a broken model. */
    public static final double MANY = 0.2;

    private static final String RUBRIC = "degenerate@";
    private static final String OK = "ok";

    private Degeneration() {}

    /**
     * Share of a run's answers that are degenerate, in [0, 1]; absent where no answer was looked at.
     *
     * @param judged judgements of any runs and rubrics
     */
    public static OptionalDouble share(String run, List<Judged> judged) {
        return judged.stream()
                .filter(row -> row.run().equals(run) && row.rubric().startsWith(RUBRIC))
                .mapToDouble(row -> row.verdict().equals(OK) ? 0 : 1)
                .average();
    }
}
