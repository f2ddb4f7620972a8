package org.selgen.lm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.Tensors;

/**
 * Answers that are generated together, token by token; others may join after any token (continuous batching: Yu et al.,
 * Orca, OSDI 2022, section 3.2). All rows end at the same place of the cache, so that a shorter one has padding before it.
 */
final class RunningBatch implements AutoCloseable {
    private static final int ROOM = 64; // tokens after which the cache is laid anew at the latest
    private static final int SPARE = 8; // laid anew too when one row in so many has ended

    private final Decoder lm;
    private final Decoding decoding;
    private final LongPredicate stops;
    private final Consumer<Row> chosen;
    private final Scope memory = Scope.detached();
    private final KvCache cache;
    private List<Row> rows = List.of();
    private long capacity;

    /** @param chosen is given an answer as soon as its next token is chosen */
    RunningBatch(Decoder lm, Decoding decoding, LongPredicate stops, Consumer<Row> chosen) {
        this.lm = lm;
        this.decoding = decoding;
        this.stops = stops;
        this.chosen = chosen;
        try (Scope step = Scope.open()) {
            this.cache = lm.cache(0, 0);
            memory.keep(List.of(cache.tensors()));
        }
    }

    /** An answer that is being generated. */
    static final class Row {
        private final int number;
        private final long[] prompt;
        private final long[] tokens;
        private final SplittableRandom random;
        private int made;
        private boolean ended;

        /**
         * One that begins.
         *
         * @param room most tokens that it may have
         */
        Row(int number, long[] prompt, int room, long seed) {
            this.number = number;
            this.prompt = prompt;
            this.tokens = new long[room];
            this.random = new SplittableRandom(seed);
        }

        int number() {
            return number;
        }

        /** Its tokens so far. */
        long[] tokens() {
            return Arrays.copyOf(tokens, made);
        }

        /** The token chosen last. */
        long last() {
            return tokens[made - 1];
        }

        /** Whether it has all its tokens. */
        boolean ended() {
            return ended;
        }

        /** Tokens that the cache has of it: all but the one chosen last. */
        private int cached() {
            return prompt.length + made - 1;
        }
    }

    /** How many answers have not ended. */
    int size() {
        return (int) rows.stream().filter(row -> !row.ended).count();
    }

    /** Others join, and get their first token. Equal prompts are read once. */
    void join(List<Row> others) {
        Map<List<Long>, Integer> distinct = new LinkedHashMap<>();
        long[] from = others.stream()
                .mapToLong(row -> distinct.computeIfAbsent(
                        Arrays.stream(row.prompt).boxed().toList(), prompt -> distinct.size()))
                .toArray();
        List<long[]> prompts = distinct.keySet().stream()
                .map(prompt -> prompt.stream().mapToLong(Long::longValue).toArray())
                .toList();
        try (Scope step = Scope.open()) {
            Batch batch = Batch.leftPadded(prompts);
            KvCache read = lm.cache(batch.rows(), batch.length());
            Tensor ids = Tensor.of(batch.ids(), batch.rows(), batch.length());
            boolean padded = batch.padsLeft();
            Tensor logits = lm.next(
                    ids,
                    padded
                            ? Tensor.of(batch.positions(), batch.rows(), batch.length())
                            : Decoder.positions(0, batch.length()),
                    padded ? Tensor.of(batch.attended(), batch.rows(), batch.length()) : lm.absent(),
                    read);
            choose(others, logits.select(from));
            regroup(others, read, from);
        }
    }

    /** Each answer that has not ended gets its next token. */
    void step() {
        if (size() == 0) {
            return;
        }
        long waste = rows.size() - (long) size();
        if (waste * SPARE >= rows.size() || cache.past() == capacity) {
            regroup(List.of(), cache, new long[0]);
        }
        long past = cache.past();
        int count = rows.size();
        long[] ids = rows.stream().mapToLong(row -> row.tokens[row.made - 1]).toArray();
        long[] positions = rows.stream().mapToLong(Row::cached).toArray();
        boolean padded = Arrays.stream(positions).anyMatch(position -> position != past);
        try (Scope step = Scope.open()) {
            Tensor logits = lm.next(
                    Tensor.of(ids, count, 1),
                    padded ? Tensor.of(positions, count, 1) : Decoder.positions(past, past + 1),
                    padded ? attended(positions, Math.toIntExact(past + 1)) : lm.absent(),
                    cache);
            choose(rows, logits);
        }
    }

    /** {@code [B, S]}: the last tokens of each row. */
    private static Tensor attended(long[] positions, int seen) {
        long[] attended = new long[positions.length * seen];
        for (int r = 0; r < positions.length; r++) {
            Arrays.fill(attended, Math.toIntExact((r + 1L) * seen - positions[r] - 1), (r + 1) * seen, 1);
        }
        return Tensor.of(attended, positions.length, seen);
    }

    private void choose(List<Row> some, Tensor logits) {
        long[] tokens = next(some, logits);
        for (int r = 0; r < tokens.length; r++) {
            Row row = some.get(r);
            if (!row.ended) {
                row.tokens[row.made++] = tokens[r];
                row.ended = stops.test(tokens[r]) || row.made == row.tokens.length;
                chosen.accept(row);
            }
        }
    }

    private long[] next(List<Row> some, Tensor logits) {
        if (decoding.temperature() == 0) {
            return Tensors.greedy(logits).longs();
        }
        float[] uniforms = new float[some.size()];
        for (int r = 0; r < uniforms.length; r++) {
            uniforms[r] = (float) some.get(r).random.nextInt(1 << 24) / (1 << 24);
        }
        return Tensors.sample(logits, Tensor.of(uniforms), decoding.temperature(), decoding.topP())
                .longs();
    }

    /**
     * Lays the cache anew for the rows that have not ended.
     *
     * @param others rows that join
     * @param read the cache of their prompts
     * @param from row of each there
     */
    private void regroup(List<Row> others, KvCache read, long[] from) {
        int[] kept =
                IntStream.range(0, rows.size()).filter(r -> !rows.get(r).ended).toArray();
        int[] fresh = IntStream.range(0, others.size())
                .filter(r -> !others.get(r).ended)
                .toArray();
        List<Row> all = new ArrayList<>();
        Arrays.stream(kept).forEach(r -> all.add(rows.get(r)));
        long width = all.stream().mapToLong(Row::cached).max().orElse(0);
        Arrays.stream(fresh).forEach(r -> all.add(others.get(r)));
        long[] places = Arrays.stream(fresh).mapToLong(r -> from[r]).toArray();
        long room = all.stream()
                .mapToLong(row -> Math.min(ROOM, row.tokens.length - row.made))
                .max()
                .orElse(0);
        cache.regroup(memory, Arrays.stream(kept).asLongStream().toArray(), width, read, places, room);
        capacity = cache.past() + room;
        rows = all;
    }

    @Override
    public void close() {
        memory.close();
    }
}
