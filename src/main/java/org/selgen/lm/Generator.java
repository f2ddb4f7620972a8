package org.selgen.lm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;

/**
 * Generates answers in batches, with a cache of keys and values. Where an answer ends, the next prompt takes its place.
 *
 * <p>A row's answer depends on its prompt and its seed alone, not on the other rows of its batch: random numbers come
 * from the row's own generator in Java, padding on the left is masked, and it may be as long as its own prompt leaves room
 * in the model's context.
 */
public final class Generator {
    private static final int ROWS = 64;
    private static final int JOINING = 4; // fewer do not join while others wait: reading prompts one by one costs more

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
        return answers(prompts, decoding, seeds, (token, row) -> {});
    }

    /**
     * The same, told as they come.
     *
     * @param listener gets each token and its row as soon as it is chosen
     */
    public List<long[]> answers(List<long[]> prompts, Decoding decoding, long[] seeds, ObjIntConsumer<Long> listener) {
        List<RunningBatch.Row> rows = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            long[] prompt = prompts.get(i);
            int room = Math.min(decoding.maxTokens(), lm.config().maxPositions() - prompt.length);
            rows.add(new RunningBatch.Row(i, prompt, room, seeds[i]));
        }
        Deque<RunningBatch.Row> waiting = new ArrayDeque<>(IntStream.range(0, rows.size())
                .boxed()
                .sorted(Comparator.comparingInt((Integer i) -> prompts.get(i).length))
                .map(rows::get)
                .toList());
        try (RunningBatch running = new RunningBatch(lm, decoding, stops, listener)) {
            while (!waiting.isEmpty() || running.size() > 0) {
                int free = Math.min(ROWS - running.size(), waiting.size());
                if (free >= Math.min(JOINING, waiting.size()) && free > 0) {
                    running.join(IntStream.range(0, free)
                            .mapToObj(i -> waiting.remove())
                            .toList());
                }
                running.step();
            }
        }
        return rows.stream().map(RunningBatch.Row::tokens).toList();
    }
}
