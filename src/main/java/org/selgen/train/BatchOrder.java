package org.selgen.train;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;

/**
 * An endless sequence of one dataset's rows, pass after pass: in each pass every row comes once. It depends on the seed
 * alone.
 *
 * <p>A pass has ⌈rows / size⌉ batches, whose numbers of rows differ by at most one, so that no row weighs much more than
 * another for standing in a short last batch. Rows of similar length stand in one batch, so that there is little padding: the
 * rows are shuffled and cut into windows, within a window they are sorted by length and cut into batches, then all
 * batches are shuffled. A window is a quarter of a pass, but at most {@value #WINDOW} batches, so that each pass has other
 * batches also where there are few.
 *
 * <p>Source: the windows are those of transformers' {@code LengthGroupedSampler}.
 */
final class BatchOrder<T> {
    private static final int WINDOW = 16; // batches
    private static final int WINDOWS = 4; // of a pass, at least

    private final List<T> rows;
    private final Comparator<T> byLength;
    private final int batches;
    private final Random random;
    private final Deque<List<T>> pass = new ArrayDeque<>();
    private final Deque<T> begun = new ArrayDeque<>();

    /** @param size most rows of a batch */
    BatchOrder(List<T> rows, ToIntFunction<T> length, int size, long seed) {
        this.rows = rows;
        this.byLength = Comparator.comparingInt(length);
        this.batches = Training.parts(rows.size(), size);
        this.random = new Random(seed);
    }

    /** The next batch, the shortest row first. */
    List<T> next() {
        if (pass.isEmpty()) {
            shuffle();
        }
        return pass.remove();
    }

    /** The next so many rows, which may reach into the next pass; the shortest first. */
    List<T> next(int count) {
        List<T> taken = new ArrayList<>();
        while (taken.size() < count) {
            if (begun.isEmpty()) {
                begun.addAll(next());
            }
            taken.add(begun.remove());
        }
        taken.sort(byLength);
        return taken;
    }

    private void shuffle() {
        List<T> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, random);
        List<List<T>> made = new ArrayList<>();
        int window = Math.max(1, Math.min(batches / WINDOWS, WINDOW));
        for (int from = 0; from < batches; from += window) {
            int to = Math.min(batches, from + window);
            shuffled.subList(begin(from), begin(to)).sort(byLength);
            for (int b = from; b < to; b++) {
                made.add(List.copyOf(shuffled.subList(begin(b), begin(b + 1))));
            }
        }
        Collections.shuffle(made, random);
        pass.addAll(made);
    }

    /** Where a batch begins. */
    private int begin(int batch) {
        return (int) ((long) batch * rows.size() / batches);
    }
}
