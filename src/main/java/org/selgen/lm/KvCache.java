package org.selgen.lm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.tensor.DType;
import org.selgen.tensor.Dropout;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.Tensors;

/** Keys and values of the tokens so far, {@code [B, key-value heads, capacity, head size]} for each layer. */
final class KvCache {
    private final Tensor[] tensors; // key and value of each layer
    private final List<long[]> steps =
            new ArrayList<>(); // new tokens [B · T] of each, where a row may have to start anew
    private long past;

    /**
     * Tokens on their way through the layers of a decoder.
     *
     * @param ids new tokens {@code [B, T]}
     * @param positions their positions {@code [B or 1, T]}
     * @param attended {@code [B, S]} over all tokens so far; without elements if none is padding
     * @param lengths tokens of each row, with the new ones and without padding; one for all where they do not matter
     * @param drops what is dropped of the adapter's inputs
     */
    @SuppressWarnings("ArrayRecordComponent") // as kernels take lists of numbers
    record Input(Tensor ids, Tensor positions, Tensor attended, long[] lengths, Drops drops) {
        /** Tokens of which nothing is dropped. */
        Input(Tensor ids, Tensor positions, Tensor attended, long[] lengths) {
            this(ids, positions, attended, lengths, new Drops(Dropout.NONE, Tensor.none()));
        }

        /** Flat position of the last new token of each row, {@code [B]}. */
        Tensor ends() {
            long width = ids.shape()[1];
            return Tensor.of(LongStream.rangeClosed(1, ids.shape()[0])
                    .map(row -> row * width - 1)
                    .toArray());
        }
    }

    /**
     * Dropout of a pass.
     *
     * @param tokens {@link Dropout#tokens}; without elements where nothing is dropped
     */
    record Drops(Dropout dropout, Tensor tokens) {}

    private KvCache(Tensor[] tensors) {
        this.tensors = tensors;
    }

    static KvCache none() {
        return new KvCache(new Tensor[0]);
    }

    static KvCache of(DecoderConfig config, int rows, int capacity, DType type) {
        Tensor[] tensors = new Tensor[2 * config.layers()];
        for (int i = 0; i < tensors.length; i++) {
            tensors[i] = Tensor.zeros(type, rows, config.kvHeads(), capacity, config.headDim());
        }
        return new KvCache(tensors);
    }

    /**
     * The same tokens for other rows, each of which is one of these; belongs to the current scope.
     *
     * @param rows numbers of rows here, of which one may be named several times
     */
    KvCache rows(long... rows) {
        KvCache some = new KvCache(
                Arrays.stream(tensors).map(tensor -> tensor.select(rows)).toArray(Tensor[]::new));
        int all = rows();
        for (long[] step : steps) {
            int width = step.length / all;
            long[] own = new long[rows.length * width];
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(step, Math.toIntExact(rows[i]) * width, own, i * width, width);
            }
            some.steps.add(own);
        }
        some.past = past;
        return some;
    }

    /**
     * From now on holds other rows: some of these, then some of another cache, all of which end at the same token.
     *
     * @param owner of the tensors
     * @param kept numbers of rows here
     * @param width tokens of the longest of them
     * @param fresh numbers of rows there, of which one may be named several times
     * @param room for how many more tokens
     */
    void regroup(Scope owner, long[] kept, long width, KvCache other, long[] fresh, long room) {
        long read = other.past;
        long seen = Math.max(kept.length == 0 ? 0 : width, fresh.length == 0 ? 0 : read);
        for (int i = 0; i < tensors.length; i++) {
            try (Scope step = Scope.open()) {
                Tensor old = step.keep(tensors[i]); // freed as soon as its rows are copied
                tensors[i] = owner.keep(Tensors.regroup(
                        old,
                        Tensor.of(kept),
                        past,
                        width,
                        other.tensors[i],
                        Tensor.of(fresh),
                        read,
                        seen,
                        seen + room));
            }
        }
        if (!steps.isEmpty() || !other.steps.isEmpty()) {
            long[] all = new long[Math.toIntExact((kept.length + fresh.length) * seen)];
            ends(this, kept, all, 0, seen);
            ends(other, fresh, all, kept.length, seen);
            steps.clear();
            steps.add(all);
        }
        past = seen;
    }

    /** Writes the last tokens of some rows of a cache, so that they end where a row does. */
    private static void ends(KvCache from, long[] rows, long[] all, int first, long seen) {
        long[] tokens = from.past == 0 ? new long[0] : from.joined(from.rows(), from.past);
        int width = Math.toIntExact(Math.min(seen, from.past));
        for (int i = 0; i < rows.length; i++) {
            int end = Math.toIntExact((rows[i] + 1) * from.past);
            int to = Math.toIntExact((first + i + 1) * seen);
            System.arraycopy(tokens, end - width, all, to - width, width);
        }
    }

    private int rows() {
        return Math.toIntExact(tensors[0].shape()[0]);
    }

    Tensor[] tensors() {
        return tensors;
    }

    long past() {
        return past;
    }

    void advance(long tokens) {
        past += tokens;
    }

    /**
     * The new tokens; with all before them where a row has grown beyond the length up to which all rows are rotated
     * alike, since its keys are then to be made anew. The cache is empty then.
     *
     * @param attended {@code [B, S]}; without elements if none is padding
     * @param sameUpTo that length
     */
    Input input(Tensor ids, Tensor positions, Tensor attended, int sameUpTo) {
        int rows = Math.toIntExact(ids.shape()[0]);
        int width = Math.toIntExact(ids.shape()[1]);
        long seen = past + width;
        if (sameUpTo == Integer.MAX_VALUE) {
            return new Input(ids, positions, attended, new long[] {seen});
        }
        steps.add(ids.longs());
        long[] real = attended.shape()[0] > 0
                ? attended.longs()
                : LongStream.generate(() -> 1).limit(rows * seen).toArray();
        long[] lengths = new long[rows];
        for (int i = 0; i < real.length; i++) {
            lengths[(int) (i / seen)] += real[i];
        }
        boolean crossed =
                past > 0 && Arrays.stream(lengths).anyMatch(length -> length > sameUpTo && length - width <= sameUpTo);
        if (!crossed) {
            return new Input(ids, positions, attended, lengths);
        }
        past = 0;
        Batch all =
                new Batch(rows, Math.toIntExact(seen), joined(rows, seen), real, new long[0], new long[0], new long[0]);
        return new Input(Tensor.of(all.ids(), rows, seen), Tensor.of(all.positions(), rows, seen), attended, lengths);
    }

    /** All tokens so far, row by row. */
    private long[] joined(int rows, long seen) {
        long[] all = new long[Math.toIntExact(rows * seen)];
        int at = 0;
        for (long[] step : steps) {
            int width = step.length / rows;
            for (int row = 0; row < rows; row++) {
                System.arraycopy(step, row * width, all, Math.toIntExact(row * seen) + at, width);
            }
            at += width;
        }
        steps.clear();
        steps.add(all);
        return all;
    }
}
