package org.selgen.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selgen.Golden;
import org.selgen.lm.Adapter;
import org.selgen.lm.Decoder;
import org.selgen.lm.Decoding;
import org.selgen.lm.Generator;
import org.selgen.lm.LoraConfig;
import org.selgen.lm.Sequence;
import org.selgen.method.GradientProjection;
import org.selgen.method.KlPenalty;
import org.selgen.method.Method;
import org.selgen.method.Mixed;
import org.selgen.method.Standard;
import org.selgen.tensor.DType;
import org.selgen.tensor.HostReads;

/** How often Java waits for numbers of the device (ADR 96). The model is so small that a micro-batch is one part, on this thread. */
class HostReadsTest {
    private static Decoder lm;

    @BeforeAll
    static void open() {
        lm = Decoder.open(Golden.path("models/gemma"), DType.F32);
    }

    @AfterAll
    static void close() {
        lm.close();
    }

    /** The means of each micro-batch together, the products of a projection, and the norm by which the step is clipped. */
    @ParameterizedTest
    @CsvSource({"standard, 1, 2", "standard, 4, 5", "mixed, 1, 2", "kl-penalty, 1, 2", "gradient-projection, 1, 3"})
    void aStepReadsOnceAMicroBatchAndOnceItsNorm(String name, int accumulation, long reads) {
        Method method = switch (name) {
            case "standard" -> new Standard();
            case "mixed" -> new Mixed();
            case "kl-penalty" -> new KlPenalty(1);
            default ->
                new GradientProjection(GradientProjection.ProductScope.PER_PARAMETER, GradientProjection.When.ALWAYS);
        };
        assertThat(train(method, accumulation, 5) - train(method, accumulation, 3))
                .isEqualTo(2 * reads);
    }

    /** Reads of a training of one epoch. */
    private static long train(Method method, int accumulation, int steps) {
        List<Sequence> rows = IntStream.range(0, 2 * accumulation * steps)
                .mapToObj(i -> Sequence.answering(new long[] {2, 10, 70, 5}, new long[] {10, 70, 1}))
                .toList();
        Training training = TestTraining.with("epochs: 1", "batch: 2", "accumulation: " + accumulation);
        LoraConfig lora = new LoraConfig(4, 8, true, LoraConfig.allLinear(lm.config()));
        long before = HostReads.counted();
        try (Adapter adapter = Adapter.fresh(lora, lm.config(), 1)) {
            new Trainer("r", training, step -> {})
                    .fit(lm.with(adapter), method, rows, List.of(new ProxyRow(rows.get(0), rows.get(0))), 1);
        }
        return HostReads.counted() - before;
    }

    @Test
    void aTokenOfAllAnswersIsReadOnce() {
        assertThat(answer(24) - answer(16)).isEqualTo(8);
    }

    private static long answer(int tokens) {
        long before = HostReads.counted();
        new Generator(lm, token -> false)
                .answers(
                        List.of(new long[] {2, 10}, new long[] {2, 11, 12}, new long[] {2, 13}),
                        Decoding.greedy(tokens),
                        new long[3]);
        return HostReads.counted() - before;
    }
}
