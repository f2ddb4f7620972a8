package org.selgen.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;

/**
 * An endless sequence of batches of one dataset's rows: shuffled again in each epoch, with rows of similar length in
 * one batch, so that there is little padding. It depends on the seed alone.
 *
 * <p>Each epoch is cut into windows of some batches; within a window, rows are sorted by length and cut into batches;
 * then all batches are shuffled. Every row comes once in an epoch, and one batch of an epoch may be smaller.
 */
final class BatchOrder<T> {
    private static final int WINDOW = 16; // batches

    private final List<T> rows;
    private final ToIntFunction<T> length;
    private final int size;
    private final Random random;
    private final List<List<T>> epoch = new ArrayList<>();

    BatchOrder(List<T> rows, ToIntFunction<T> length, int size, long seed) {
        this.rows = rows;
        this.length = length;
        this.size = size;
        this.random = new Random(seed);
    }

    /** Continues after the first {@code drawn} batches: they are drawn again from the seed and skipped. */
    void skip(long drawn) {
        for (long b = 0; b < drawn; b++) {
            next();
        }
    }

    List<T> next() {
        if (epoch.isEmpty()) {
            shuffle();
        }
        return epoch.remove(epoch.size() - 1);
    }

    private void shuffle() {
        List<T> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, random);
        for (int from = 0; from < shuffled.size(); from += WINDOW * size) {
            List<T> window = new ArrayList<>(shuffled.subList(from, Math.min(shuffled.size(), from + WINDOW * size)));
            window.sort(Comparator.comparingInt(length));
            for (int b = 0; b < window.size(); b += size) {
                epoch.add(List.copyOf(window.subList(b, Math.min(window.size(), b + size))));
            }
        }
        Collections.shuffle(epoch, random);
    }
}
