package org.selgen.lm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.Tensors;

/**
 * Generates answers in batches, with a cache of keys and values.
 *
 * <p>A row's answer depends on its prompt and its seed alone, not on the other rows of its batch: random numbers come
 * from the row's own generator in Java, padding on the left is masked, and it may be as long as its own prompt leaves room
 * in the model's context.
 */
public final class Generator {
    private static final int BATCH = 64;

    private final Decoder lm;
    private final LongPredicate stops;

    /** @param stops whether a token ends an answer */
    public Generator(Decoder lm, LongPredicate stops) {
        this.lm = lm;
        this.stops = stops;
    }

    /**
     * The tokens of one answer to each prompt, in their order, the stop token included.
     *
     * @param prompts token ids, each shorter than the model's context
     * @param seeds one for each prompt; not used when greedy
     */
    public List<long[]> answers(List<long[]> prompts, Decoding decoding, long[] seeds) {
        return answers(prompts, decoding, seeds, () -> {});
    }

    /** The same; {@code working} is called after each token. */
    List<long[]> answers(List<long[]> prompts, Decoding decoding, long[] seeds, Runnable working) {
        long[][] answers = new long[prompts.size()][];
        List<Integer> order = IntStream.range(0, prompts.size())
                .boxed()
                .sorted(Comparator.comparingInt((Integer i) -> prompts.get(i).length))
                .toList();
        for (int from = 0; from < order.size(); from += BATCH) {
            List<Integer> rows = order.subList(from, Math.min(order.size(), from + BATCH));
            List<long[]> chunk = rows.stream().map(prompts::get).toList();
            long[] chunkSeeds = rows.stream().mapToLong(i -> seeds[i]).toArray();
            List<long[]> tokens = batch(chunk, decoding, chunkSeeds, (token, row) -> working.run());
            for (int i = 0; i < rows.size(); i++) {
                answers[rows.get(i)] = tokens.get(i);
            }
        }
        return Arrays.asList(answers);
    }

    /**
     * The tokens of each answer, all in one batch.
     *
     * @param listener gets each token and its row as soon as it is chosen
     */
    public List<long[]> batch(List<long[]> prompts, Decoding decoding, long[] seeds, ObjIntConsumer<Long> listener) {
        Batch batch = Batch.leftPadded(prompts);
        int rows = batch.rows();
        int[] room = prompts.stream()
                .mapToInt(prompt -> Math.min(decoding.maxTokens(), lm.config().maxPositions() - prompt.length))
                .toArray();
        int most = Arrays.stream(room).max().orElseThrow();
        List<List<Long>> made = IntStream.range(0, rows)
                .mapToObj(r -> (List<Long>) new ArrayList<Long>())
                .toList();
        Draws draws = new Draws(decoding, seeds);
        try (Scope whole = Scope.open()) {
            KvCache cache = lm.cache(rows, batch.length() + most);
            boolean[] done = new boolean[rows];
            long[] chosen = batch.ids();
            for (int n = 0; n < most && !all(done); n++) {
                try (Scope step = Scope.open()) {
                    chosen = draws.next(logits(batch, chosen, n, cache));
                }
                for (int r = 0; r < rows; r++) {
                    if (!done[r]) {
                        made.get(r).add(chosen[r]);
                        listener.accept(chosen[r], r);
                        done[r] = stops.test(chosen[r]) || made.get(r).size() == room[r];
                    }
                }
            }
        }
        return made.stream()
                .map(m -> m.stream().mapToLong(Long::longValue).toArray())
                .toList();
    }

    /** Logits of the n-th new token: of the prompts for n = 0, then of the tokens chosen last. */
    private Tensor logits(Batch batch, long[] ids, int n, KvCache cache) {
        int rows = batch.rows();
        int width = n == 0 ? batch.length() : 1;
        Tensor input = Tensor.of(ids, rows, width);
        if (!batch.padsLeft()) {
            long from = cache.past();
            return lm.next(input, Decoder.positions(from, from + width), lm.absent(), cache);
        }
        long[] positions = batch.positions();
        if (n > 0) {
            positions = new long[rows];
            for (int r = 0; r < rows; r++) {
                positions[r] = batch.positions()[(r + 1) * batch.length() - 1] + n;
            }
        }
        return lm.next(input, Tensor.of(positions, rows, width), attended(batch, n), cache);
    }

    private static Tensor attended(Batch batch, int n) {
        int length = batch.length() + n;
        long[] attended = new long[batch.rows() * length];
        for (int r = 0; r < batch.rows(); r++) {
            System.arraycopy(batch.attended(), r * batch.length(), attended, r * length, batch.length());
            Arrays.fill(attended, r * length + batch.length(), (r + 1) * length, 1);
        }
        return Tensor.of(attended, batch.rows(), length);
    }

    private static boolean all(boolean[] flags) {
        return IntStream.range(0, flags.length).allMatch(i -> flags[i]);
    }

    /** The choice of tokens; each row has its own stream of random numbers. */
    private static final class Draws {
        private final Decoding decoding;
        private final SplittableRandom[] random;

        Draws(Decoding decoding, long[] seeds) {
            this.decoding = decoding;
            this.random = Arrays.stream(seeds).mapToObj(SplittableRandom::new).toArray(SplittableRandom[]::new);
        }

        long[] next(Tensor logits) {
            if (decoding.temperature() == 0) {
                return Tensors.greedy(logits).longs();
            }
            float[] uniforms = new float[random.length];
            for (int r = 0; r < uniforms.length; r++) {
                uniforms[r] = (float) random[r].nextInt(1 << 24) / (1 << 24);
            }
            return Tensors.sample(logits, Tensor.of(uniforms), decoding.temperature(), decoding.topP())
                    .longs();
        }
    }
}
