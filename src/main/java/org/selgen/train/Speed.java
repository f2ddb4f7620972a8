package org.selgen.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.selgen.data.StepMetrics;
import org.selgen.lm.Adapter;
import org.selgen.lm.Decoder;
import org.selgen.lm.Decoding;
import org.selgen.lm.Generator;
import org.selgen.lm.LoraConfig;
import org.selgen.lm.Sequence;
import org.selgen.method.Standard;

/** Speed of training and generation of a model. */
public final class Speed {
    private static final int ROWS = 16;
    private static final int LENGTH = 64;
    private static final int WARM = 5;

    private final Decoder lm;
    private final LoraConfig lora;

    public Speed(Decoder lm) {
        this.lm = lm;
        this.lora = new LoraConfig(8, 16, true, LoraConfig.allLinear(lm.config()));
    }

    /** Median seconds of a step of standard LoRA training, rank 8 on all projections, 16 rows of 64 tokens. */
    public double secondsOfAStep(int steps) {
        List<Long> ends = new ArrayList<>();
        Training training = new Training(1, ROWS, 1, 1, 1e-4f, 0, 0, 0, LENGTH, Training.LossOn.ALL);
        try (Adapter adapter = Adapter.fresh(lora, lm.config(), 1)) {
            new Trainer("speed", training, (StepMetrics m) -> ends.add(System.nanoTime()))
                    .fit(
                            lm.with(adapter),
                            new Standard(),
                            rows((steps + WARM) * ROWS),
                            List.of(new ProxyRow(rows(1).get(0), null)),
                            1);
        }
        List<Double> seconds = new ArrayList<>();
        for (int i = WARM; i < ends.size(); i++) {
            seconds.add((ends.get(i) - ends.get(i - 1)) / 1e9);
        }
        Collections.sort(seconds);
        return seconds.get(seconds.size() / 2);
    }

    /** Number of tokens of a step. */
    public int tokensOfAStep() {
        return ROWS * LENGTH;
    }

    /** Number of floating-point operations of a step. */
    public double operationsOfAStep() {
        return FlopCount.of(lm.config(), lora)
                .forwardBackward(new TokenLoad(tokensOfAStep(), (long) ROWS * LENGTH * LENGTH));
    }

    /** Generated tokens per second for greedy answers of {@code length} tokens to {@code batch} prompts of 16. */
    public double tokensPerSecond(int batch, int length) {
        List<long[]> prompts =
                rows(batch).stream().map(r -> Arrays.copyOf(r.ids(), 16)).toList();
        Generator generator = new Generator(lm, token -> false);
        generator.answers(prompts, Decoding.greedy(8), new long[batch]);
        long began = System.nanoTime();
        generator.answers(prompts, Decoding.greedy(length), new long[batch]);
        return batch * length / ((System.nanoTime() - began) / 1e9);
    }

    private List<Sequence> rows(int count) {
        Random random = new Random(1);
        List<Sequence> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long[] ids = random.longs(LENGTH, 6, lm.config().vocab()).toArray();
            rows.add(new Sequence(ids, new boolean[LENGTH]).whole());
        }
        return rows;
    }
}
