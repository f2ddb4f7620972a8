package org.selgen.data;

import java.util.Map;

/**
 * How many answers came to what, each counted for itself:
 * <pre>  expected = scored + refused + unreadable + failed + omitted </pre>
 *
 * @param expected answers that there are
 * @param by how many of them came to each {@link Outcome}; omitted are those without a verdict
 * @param stray verdicts on answers that are not there
 */
public record OutcomeCount(long expected, Map<Outcome, Long> by, long stray) {
    public OutcomeCount {
        by = Map.copyOf(by);
    }

    public long count(Outcome outcome) {
        return by.getOrDefault(outcome, 0L);
    }

    /** Whether each answer has one verdict: none is missing, and no verdict is on an answer that is not there. */
    public boolean whole() {
        return count(Outcome.OMITTED) == 0 && stray == 0 && lawful();
    }

    /** Whether each answer came to one outcome. */
    public boolean lawful() {
        return by.values().stream().mapToLong(Long::longValue).sum() == expected;
    }

    /** As {@code expected 12 = scored 9 + refused 1 + unreadable 1 + failed 0 + omitted 1}. */
    @Override
    public String toString() {
        return "expected " + expected + (lawful() ? " = " : " \u2260 ") + "scored " + count(Outcome.SCORED)
                + " + refused " + count(Outcome.REFUSED) + " + unreadable " + count(Outcome.UNREADABLE) + " + failed "
                + count(Outcome.FAILED) + " + omitted " + count(Outcome.OMITTED);
    }
}
