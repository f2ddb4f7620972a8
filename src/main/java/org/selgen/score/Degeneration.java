package org.selgen.score;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** How much of what a run writes is no answer at all: empty, one symbol, or the same again and again. */
public final class Degeneration {
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
                .filter(row -> row.run().equals(run) && looked(row))
                .mapToDouble(Degeneration::value)
                .average();
    }

    /** The answers of one run that were looked at; nothing if none was. */
    static Optional<Tally> tally(List<Judged> own) {
        Tally tally = Tally.empty(Scale.SHARE, 1);
        own.stream()
                .filter(Degeneration::looked)
                .forEach(row -> tally.add(0, row.cluster(), new Cluster(value(row), 1)));
        return tally.n() == 0 ? Optional.empty() : Optional.of(tally);
    }

    private static boolean looked(Judged row) {
        return row.rubric().startsWith(RUBRIC);
    }

    private static double value(Judged row) {
        return row.verdict().equals(OK) ? 0 : 1;
    }
}
