package org.selgen.bench;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.selgen.lm.Decoder;
import org.selgen.lm.Decoding;
import org.selgen.lm.Generator;

/**
 * Answers to random prompts, at the speed of a job that has answered for some seconds: before, the machine still compiles the
 * Java that stands between the products of a small model.
 */
final class GenerationBenchmark {
    private static final int PROMPT = 16;
    private static final int LENGTH = 64;
    private static final int MIXED = 256; // answers
    private static final int MEAN = 40; // tokens of one of them
    private static final int LONGEST = 200;
    private static final int SAMPLES = 100;
    private static final int SHARED = 200; // tokens of the prompt that they share
    private static final int SHORT = 40; // tokens of each
    private static final double WARM = 5; // seconds before those that count
    private static final double COUNTED = 2; // seconds at least

    private final Decoder lm;
    private final Workload workload;

    GenerationBenchmark(Decoder lm) {
        this.lm = lm;
        this.workload = new Workload(lm.config().vocab());
    }

    /** Tokens a second of greedy answers of 64 tokens to {@code batch} prompts of 16. */
    double tokensPerSecond(int batch) {
        List<long[]> prompts = workload.prompts(batch, PROMPT, PROMPT);
        rate(prompts, Decoding.greedy(8), token -> false, WARM);
        return rate(prompts, Decoding.greedy(LENGTH), token -> false, COUNTED);
    }

    /**
     * Tokens a second of 256 sampled answers, any token of which is the last with a probability of 1 in 40, of at most 200
     * tokens; and the share of a batch's places that had an answer, at the tokens before the last prompt had found its place.
     */
    VariedLengths variedLengths() {
        Count count = new Count();
        double rate = rate(
                workload.prompts(MIXED, PROMPT, 3 * PROMPT),
                sampled(room(LONGEST)),
                token -> token % MEAN == 0,
                COUNTED,
                count);
        return new VariedLengths(rate, (double) count.taken / count.places);
    }

    /** What was measured of answers of mixed length. */
    record VariedLengths(double tokensPerSecond, double placesTaken) {}

    /** Tokens a second of 100 sampled answers of 40 tokens to one prompt of 200. */
    double samplesTokensPerSecond() {
        long[] prompt = workload.tokens(Math.min(SHARED, lm.config().maxPositions() - SHORT));
        return rate(Collections.nCopies(SAMPLES, prompt), sampled(SHORT), token -> false, COUNTED);
    }

    private int room(int tokens) {
        return Math.min(tokens, lm.config().maxPositions() - 3 * PROMPT);
    }

    private static Decoding sampled(int tokens) {
        return new Decoding(1, 1, tokens, 1, 0);
    }

    private double rate(List<long[]> prompts, Decoding decoding, LongPredicate stops, double least) {
        return rate(prompts, decoding, stops, least, new Count());
    }

    /** Tokens a second of the same answers over and over, for so many seconds at least. */
    private double rate(List<long[]> prompts, Decoding decoding, LongPredicate stops, double least, Count count) {
        long[] seeds = LongStream.range(0, prompts.size()).toArray();
        long began = System.nanoTime();
        double seconds;
        do {
            new Generator(lm, stops).answers(prompts, decoding, seeds, count);
            seconds = (System.nanoTime() - began) / 1e9;
        } while (seconds < least);
        return count.tokens / seconds;
    }

    private static final class Count implements Generator.Listener {
        private long tokens;
        private long taken;
        private long places;

        @Override
        public void chosen(int row, long token) {
            tokens++;
        }

        @Override
        public void stepped(int answers, int room, boolean othersWait) {
            if (othersWait) {
                taken += answers;
                places += room;
            }
        }
    }

    /** Bytes of the weights that each token of one answer alone reads. */
    double bytesOfAToken() {
        return lm.weights().entrySet().stream()
                        .filter(weight -> lm.config().tied() || !weight.getKey().contains("embed_tokens"))
                        .mapToDouble(weight ->
                                Arrays.stream(weight.getValue().shape()).reduce(1, (a, b) -> a * b))
                        .sum()
                * Float.BYTES;
    }
}
