package org.selgen.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.selgen.data.Calibration;
import org.selgen.data.Interval;
import org.selgen.data.Outcome;
import org.selgen.data.OutcomeCount;
import org.selgen.data.Score;

/**
 * The judges of an experiment: what became of the answers, and how far each agreed with people.
 *
 * @param judges in the experiment's order
 */
public record JudgeTable(List<JudgeStanding> judges) {
    private static final List<String> COLUMNS = List.of(
            "judge", "answers", "scored", "refused", "unreadable", "failed", "omitted", "kappa", "95 % int.", "gold");

    public JudgeTable {
        judges = List.copyOf(judges);
    }

    /** None are known. */
    public static JudgeTable none() {
        return new JudgeTable(List.of());
    }

    /**
     * One judge.
     *
     * @param judge what the judgements table calls it
     * @param axis whether an axis is made of its verdicts
     * @param calibrations with people, as they were kept
     */
    public record JudgeStanding(String judge, boolean axis, OutcomeCount outcomes, List<Calibration> calibrations) {
        public JudgeStanding {
            calibrations = List.copyOf(calibrations);
        }

        boolean failed() {
            return calibrations.stream().anyMatch(calibration -> !calibration.passed());
        }
    }

    /** Whether an axis is made of the verdicts of a judge that failed on a set of labels. */
    public boolean untrusted() {
        return judges.stream().anyMatch(judge -> judge.axis() && judge.failed());
    }

    /** The scores, and of each run one more where an axis is untrusted, by which all that draws them knows. */
    public List<Score> marked(List<Score> scores) {
        List<Score> marked = new ArrayList<>(scores);
        if (untrusted()) {
            scores.stream()
                    .filter(score -> score.metric().equals(Score.ALIGNMENT)
                            && score.label().equals(Score.ALL))
                    .forEach(score -> marked.add(new Score(
                                    score.experiment(), score.run(), Score.UNTRUSTED, Score.ALL, 1.0, null, null, 0, 0)
                            .withSetting(1, Optional.empty(), Optional.empty())));
        }
        return marked;
    }

    public List<String> columns() {
        return COLUMNS;
    }

    /** A row for each judge and set of labels. */
    public List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (JudgeStanding judge : judges) {
            if (judge.calibrations().isEmpty()) {
                rows.add(row(judge, Optional.empty()));
            }
            judge.calibrations().forEach(calibration -> rows.add(row(judge, Optional.of(calibration))));
        }
        return rows;
    }

    private static List<String> row(JudgeStanding judge, Optional<Calibration> with) {
        List<String> row = new ArrayList<>(
                List.of(judge.judge(), String.valueOf(judge.outcomes().expected())));
        for (Outcome outcome : Outcome.values()) {
            row.add(String.valueOf(judge.outcomes().count(outcome)));
        }
        row.add(with.map(Calibration::kappa).map(NumberFormats::two).orElse("\u2013"));
        row.add(NumberFormats.interval(
                with.filter(c -> c.low() != null && c.high() != null).map(c -> new Interval(c.low(), c.high()))));
        row.add(with.map(c -> c.rows() + " rows, " + c.gold()).orElse("not calibrated"));
        return row;
    }

    /** Of judges without exactly one verdict on each answer, a sentence each. */
    public List<String> gaps() {
        return judges.stream()
                .filter(judge -> !judge.outcomes().whole())
                .map(judge -> "not whole: " + judge.judge() + ": " + judge.outcomes() + gap(judge.outcomes()))
                .toList();
    }

    private static String gap(OutcomeCount outcomes) {
        return (outcomes.stray() == 0
                        ? ""
                        : "; the table judgements has " + outcomes.stray() + " verdicts on answers that are not there")
                + (outcomes.count(Outcome.OMITTED) == 0 ? "" : "; run judge again");
    }

    /** What is to be known of them, a sentence each. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>(gaps());
        judges.stream()
                .filter(JudgeStanding::failed)
                .forEach(judge -> notes.add("failed: " + judge.judge() + " agrees with people at a kappa whose interval"
                        + " does not begin at " + Calibration.LEAST_KAPPA + " or above"
                        + (judge.axis() ? "; its axis is drawn apart" : "")));
        return notes;
    }

    /** Lines for a terminal. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(new TextTable(COLUMNS, rows()).lines());
        lines.addAll(notes());
        return lines;
    }
}
