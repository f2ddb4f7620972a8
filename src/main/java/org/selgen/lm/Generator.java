package org.selgen.lm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.selgen.tensor.Cores;

/**
 * Generates answers in batches, with a cache of keys and values. Where an answer ends, the next prompt takes its place.
 *
 * <p>A row's answer depends on its prompt and its seed alone, not on the other rows of its batch: random numbers come
 * from the row's own generator in Java, padding on the left is masked, and it may be as long as its own prompt leaves room
 * in the model's context.
 *
 * <p>Where a token of a whole batch is much arithmetic, the prompts are dealt to two batches, which are made on two {@linkplain
 * Cores cores} where so many are free. More would be smaller, and each token of a batch reads all weights: of less than some 32
 * rows that takes longer than the arithmetic.
 */
public final class Generator {
    /** Answers that fill a batch. */
    public static final int BATCH = 64;

    private static final int BATCHES = 2;
    private static final int JOINING = 4; // fewer do not join while others wait: reading prompts one by one costs more

    private final Decoder lm;
    private final LongPredicate stops;
    private final int atOnce;

    /** @param stops whether a token ends an answer */
    public Generator(Decoder lm, LongPredicate stops) {
        this(lm, stops, BATCH);
    }

    /** @param atOnce most answers that are made at a time */
    public Generator(Decoder lm, LongPredicate stops, int atOnce) {
        this.lm = lm;
        this.stops = stops;
        this.atOnce = atOnce;
    }

    /** Is told of answers while they are made; of one thing at a time. */
    public interface Listener {
        /** A token of an answer was chosen. */
        default void chosen(int row, long token) {}

        /** An answer has ended; the stop token is the last of its tokens. */
        default void ended(int row, long[] tokens) {}

        /** Each of so many answers got a token, in a batch of so many places, while others waited for a place or did not. */
        default void stepped(int answers, int places, boolean othersWait) {}
    }

    /**
     * The tokens of one answer to each prompt, in their order, the stop token included.
     *
     * @param prompts token ids, each shorter than the model's context
     * @param seeds one for each prompt; not used when greedy
     */
    public List<long[]> answers(List<long[]> prompts, Decoding decoding, long[] seeds) {
        return answers(prompts, decoding, seeds, new Listener() {});
    }

    /** The same, told as they come. */
    public List<long[]> answers(List<long[]> prompts, Decoding decoding, long[] seeds, Listener listener) {
        List<RunningBatch.Row> rows = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            long[] prompt = prompts.get(i);
            int room = Math.min(decoding.maxTokens(), lm.config().maxPositions() - prompt.length);
            rows.add(new RunningBatch.Row(i, prompt, room, seeds[i]));
        }
        List<RunningBatch.Row> byLength = rows.stream()
                .sorted(Comparator.comparingInt(row -> prompts.get(row.number()).length))
                .toList();
        double operations = 2.0 * Math.min(rows.size(), atOnce) * DecoderWeights.matrixElements(lm.config());
        int batches = Math.min(BATCHES, Cores.parts(operations, Math.min(rows.size(), atOnce)));
        AtomicBoolean failed = new AtomicBoolean();
        Cores.each(batches, part -> {
            Deque<RunningBatch.Row> waiting = new ArrayDeque<>(IntStream.range(0, byLength.size())
                    .filter(i -> i % batches == part)
                    .mapToObj(byLength::get)
                    .toList());
            try {
                answer(waiting, atOnce / batches, decoding, listener, failed);
            } catch (RuntimeException | Error e) {
                failed.set(true);
                throw e;
            }
        });
        return rows.stream().map(RunningBatch.Row::tokens).toList();
    }

    private void answer(
            Deque<RunningBatch.Row> waiting, int most, Decoding decoding, Listener listener, AtomicBoolean failed) {
        try (RunningBatch running = new RunningBatch(lm, decoding, stops, row -> tell(listener, row))) {
            while ((!waiting.isEmpty() || running.size() > 0) && !failed.get()) {
                int free = Math.min(most - running.size(), waiting.size());
                if (free >= Math.min(JOINING, waiting.size()) && free > 0) {
                    running.join(IntStream.range(0, free)
                            .mapToObj(i -> waiting.remove())
                            .toList());
                }
                int answers = running.size();
                running.step();
                synchronized (listener) {
                    listener.stepped(answers, most, !waiting.isEmpty());
                }
            }
        }
    }

    private static void tell(Listener listener, RunningBatch.Row row) {
        synchronized (listener) {
            listener.chosen(row.number(), row.last());
            if (row.ended()) {
                listener.ended(row.number(), row.tokens());
            }
        }
    }
}
