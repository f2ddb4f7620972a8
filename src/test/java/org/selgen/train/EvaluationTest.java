package org.selgen.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.selgen.Golden;
import org.selgen.data.StepMetrics;
import org.selgen.lm.Adapter;
import org.selgen.lm.Batch;
import org.selgen.lm.Decoder;
import org.selgen.lm.Sequence;
import org.selgen.tensor.DType;
import org.selgen.tensor.Scope;

class EvaluationTest {
    private static final StepMetrics STEP = new StepMetrics("r", 1, 1, 1, 0, 1, 0.1, 100);
    private static final List<Sequence> ROWS =
            List.of(row(40, 41, 42, 43), row(50), row(60, 61), row(70, 71, 72, 73, 74, 75));

    private final Decoder base = Decoder.open(Golden.path("models/gemma"), DType.F32);
    private Adapter adapter;

    private static Sequence row(long... answer) {
        return Sequence.answering(new long[] {2, 7, 9}, answer);
    }

    @BeforeEach
    void read() {
        adapter = Adapter.read(Golden.path("peft/gemma_lora"), base.config());
    }

    @AfterEach
    void close() {
        adapter.close();
        base.close();
    }

    private double loss(Decoder model, int batch) {
        StepMetrics measured = new Evaluation(ROWS, List.of(), batch).after(STEP, model.with(adapter));
        assertThat(measured.heldOutProxy()).isNull();
        return measured.heldOutTask();
    }

    @Test
    void theLossIsTheMeanOverAllAnswerTokensWhateverIsReadAtOnce() {
        double nats = 0;
        int tokens = 0;
        try (Scope scope = Scope.open()) {
            for (Sequence row : ROWS) {
                for (float logProb : base.with(adapter)
                        .forward(Batch.of(List.of(row)))
                        .answerLogProbs()
                        .floats()) {
                    nats -= logProb;
                    tokens++;
                }
            }
        }
        assertThat(tokens).isEqualTo(13);
        for (int batch : List.of(1, 2, 3, 4, 100)) {
            assertThat(loss(base, batch)).as("%d at once", batch).isCloseTo(nats / tokens, Offset.offset(1e-5));
        }
    }

    @Test
    void nothingIsDroppedWhileItIsMeasured() {
        assertThat(loss(base.withDropout(0.5f, 1), 2)).isEqualTo(loss(base, 2));
    }
}
