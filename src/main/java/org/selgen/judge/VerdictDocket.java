package org.selgen.judge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.selgen.data.Judgement;

/**
 * The docket of one judging, in memory: rows wait here until {@link #take} fetches them. It closes by itself once too many of
 * the first rows are errors.
 */
public final class VerdictDocket implements Docket {
    private static final int ENOUGH = 50;
    private static final int NAME = 16; // hexadecimal digits of a request's hash that tell it from others

    private final double maxErrors;
    private final Set<Long> done = new HashSet<>();
    private List<Judgement> waiting = new ArrayList<>();
    private int rows;
    private int errors;
    private boolean closed;

    /** @param maxErrors share of failed rows beyond which the rest is left */
    public VerdictDocket(double maxErrors) {
        this.maxErrors = maxErrors;
    }

    @Override
    public synchronized Optional<Set<String>> open(List<String> requests) {
        return closed
                ? Optional.empty()
                : Optional.of(requests.stream()
                        .filter(request -> !done.contains(number(request)))
                        .collect(Collectors.toSet()));
    }

    @Override
    public synchronized void keep(List<String> requests, List<Judgement> more) {
        Set<Long> known = requests.stream()
                .map(VerdictDocket::number)
                .filter(done::contains)
                .collect(Collectors.toSet());
        if (known.size() == requests.size()) {
            return; // of an attempt that was believed lost
        }
        requests.forEach(request -> done.add(number(request)));
        waiting.addAll(more);
        rows += more.size();
        errors += (int) more.stream()
                .filter(row -> row.verdict().equals(ReplyParser.ERROR))
                .count();
        closed |= rows >= ENOUGH && errors > maxErrors * rows;
    }

    private static long number(String request) {
        return Long.parseUnsignedLong(request.substring(0, NAME), 16);
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    /** The rows that wait; they are the caller's then. */
    public synchronized List<Judgement> take() {
        List<Judgement> taken = waiting;
        waiting = new ArrayList<>();
        return taken;
    }

    /** Rows that were kept. */
    public synchronized int rows() {
        return rows;
    }

    /** Those of them that are errors. */
    public synchronized int errors() {
        return errors;
    }
}
