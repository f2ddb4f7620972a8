package org.selgen.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.selgen.Golden;
import org.selgen.data.Status;
import org.selgen.data.StepMetrics;
import org.selgen.lm.Adapter;
import org.selgen.lm.Decoder;
import org.selgen.lm.LoraConfig;
import org.selgen.lm.Sequence;
import org.selgen.method.Dpo;
import org.selgen.method.KlPenalty;
import org.selgen.method.Method;
import org.selgen.method.Mixed;
import org.selgen.method.Upweight;
import org.selgen.tensor.DType;
import org.selgen.tensor.Scope;

class TrainerTest {
    private static final Training TRAINING = new Training(2, 4, 2, 1, 5e-3f, 2, 0.01f, 1, 64, Training.LossOn.ANSWER);
    private static Decoder base;

    @BeforeAll
    static void open() {
        base = Decoder.open(Golden.path("models/gemma"), DType.F32);
    }

    @AfterAll
    static void close() {
        base.close();
    }

    /** Rows whose answer follows from the prompt: two tokens said again. */
    private static List<Sequence> rows(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> Sequence.answering(
                        new long[] {2, 10 + i % 50, 70 + i % 7, 5}, new long[] {10 + i % 50, 70 + i % 7, 1}))
                .toList();
    }

    private static List<ProxyRow> proxy() {
        return rows(20, 6).stream().map(row -> new ProxyRow(row, row)).toList();
    }

    private static List<StepMetrics> train(Method method, Training training, long seed) {
        return train(base, method, training, seed);
    }

    private static List<StepMetrics> train(Decoder base, Method method, Training training, long seed) {
        List<StepMetrics> steps = new ArrayList<>();
        LoraConfig lora = new LoraConfig(4, 8, true, LoraConfig.allLinear(base.config()));
        try (Adapter adapter = Adapter.fresh(lora, base.config(), seed)) {
            new Trainer("r", training, steps::add).fit(base.with(adapter), method, rows(0, 20), proxy(), seed);
        }
        return steps;
    }

    @Test
    void equalSeedsGiveEqualStepsAndOthersDoNot() {
        List<StepMetrics> first = train(new Mixed(), TRAINING, 3);
        assertThat(train(new Mixed(), TRAINING, 3)).isEqualTo(first);
        assertThat(train(new Mixed(), TRAINING, 4)).isNotEqualTo(first);
    }

    @Test
    void trainingLowersTheLoss() {
        Training longer = new Training(20, 4, 2, 1, 1e-2f, 2, 0.01f, 1, 64, Training.LossOn.ANSWER);
        List<StepMetrics> steps = train(new Upweight(1, 0), longer, 1);
        assertThat(steps).hasSize(100);
        assertThat(steps.get(99).task()).isLessThan(0.5 * steps.get(0).task());
    }

    @Test
    void twoTrainingsSideBySideGiveTheBitsOfOneAlone() throws Exception {
        List<StepMetrics> kl = train(new KlPenalty(1), TRAINING, 1);
        List<StepMetrics> mixed = train(new Mixed(), TRAINING, 2);
        ExecutorService two = Executors.newFixedThreadPool(2);
        Callable<List<StepMetrics>> left = () -> train(new KlPenalty(1), TRAINING, 1);
        Callable<List<StepMetrics>> right = () -> train(new Mixed(), TRAINING, 2);
        try {
            for (int i = 0; i < 3; i++) {
                var results = two.invokeAll(List.of(left, right));
                assertThat(results.get(0).get()).isEqualTo(kl);
                assertThat(results.get(1).get()).isEqualTo(mixed);
            }
        } finally {
            two.shutdown();
        }
    }

    @Test
    void trainingLeavesNoTensorBehind() {
        train(new KlPenalty(1), TRAINING, 1);
        long before = Scope.liveTensors();
        train(new KlPenalty(1), TRAINING, 1);
        assertThat(Scope.liveTensors()).isEqualTo(before);
    }

    @Test
    void aStepOfManyMicroBatchesHoldsAsManyTensorsAsAStepOfTwoAndReportsEach() {
        assertThat(most(16)).isEqualTo(most(2));
    }

    /** The most tensors that are alive after a micro-batch, where a step has so many. */
    private static long most(int accumulation) {
        Training training = new Training(1, 1, 1, accumulation, 1e-3f, 0, 0, 0, 64, Training.LossOn.ANSWER);
        LoraConfig lora = new LoraConfig(4, 8, true, LoraConfig.allLinear(base.config()));
        List<Long> alive = new ArrayList<>();
        long before = Scope.liveTensors();
        TrainingCallbacks callbacks = new TrainingCallbacks(
                resumed -> {},
                step -> {},
                1,
                Set.of(),
                (epoch, adapter) -> {},
                Checkpoints.none(),
                () -> alive.add(Scope.liveTensors() - before));
        try (Adapter adapter = Adapter.fresh(lora, base.config(), 1)) {
            new Trainer("r", training, callbacks).fit(base.with(adapter), new Upweight(1, 0), rows(0, 16), proxy(), 1);
        }
        assertThat(alive).as("one report for each micro-batch").hasSize(16);
        return Collections.max(alive);
    }

    @Test
    void accumulatedStepsAreThoseOfWholeBatches() {
        Training whole = new Training(2, 8, 4, 1, 5e-3f, 0, 0, 1, 64, Training.LossOn.ANSWER);
        Training parts = new Training(2, 2, 1, 4, 5e-3f, 0, 0, 1, 64, Training.LossOn.ANSWER);
        Decoder dropping = base.withDropout(0.5f, 3);
        for (Method method : List.of(new Mixed(), new KlPenalty(1), new Dpo(1, 1, Dpo.LogProbs.SUM))) {
            List<StepMetrics> one = train(dropping, method, whole, 1);
            List<StepMetrics> some = train(dropping, method, parts, 1);
            assertThat(one.get(0).gradNorm())
                    .isNotEqualTo(train(method, whole, 1).get(0).gradNorm());
            assertThat(some).hasSameSizeAs(one);
            for (int s = 0; s < one.size(); s++) {
                assertThat(some.get(s).tokens()).isEqualTo(one.get(s).tokens());
                assertThat(some.get(s).loss()).isCloseTo(one.get(s).loss(), Offset.offset(2e-5));
                assertThat(some.get(s).gradNorm()).isCloseTo(one.get(s).gradNorm(), Offset.offset(1e-4));
            }
        }
    }

    @Test
    void aLayerThatIsComputedAgainDropsTheSame() {
        Decoder dropping = base.withDropout(0.5f, 3);
        assertThat(train(dropping.checkpointed(), new KlPenalty(1), TRAINING, 1))
                .isEqualTo(train(dropping, new KlPenalty(1), TRAINING, 1));
    }

    @Test
    void theTokensOfAStepAreThoseThatTheMethodSees() {
        long task = 20 * 7;
        Training whole = new Training(1, 20, 5, 1, 5e-3f, 0, 0, 0, 64, Training.LossOn.ANSWER);
        assertThat(train(new Upweight(0, 0), whole, 1).get(0).tokens()).isEqualTo(task);
        assertThat(train(new KlPenalty(1), whole, 1).get(0).tokens()).isEqualTo(task + 5 * 7);
        assertThat(train(new Dpo(1, 1, Dpo.LogProbs.SUM), whole, 1).get(0).tokens())
                .isEqualTo(task + 2 * 5 * 7);
    }

    @Test
    void aRateThatBlowsUpEndsTheRunAsDiverged() {
        Training wild = new Training(20, 4, 2, 1, 1e30f, 0, 0, 0, 64, Training.LossOn.ANSWER);
        LoraConfig lora = new LoraConfig(4, 8, true, LoraConfig.allLinear(base.config()));
        try (Adapter adapter = Adapter.fresh(lora, base.config(), 1)) {
            TrainResult result =
                    new Trainer("r", wild, m -> {}).fit(base.with(adapter), new Mixed(), rows(0, 20), proxy(), 1);
            assertThat(result.status()).isEqualTo(Status.DIVERGED);
            assertThat(result.steps()).isLessThan(100);
            assertThat(result.reason()).contains("at step " + result.steps());
        }
    }
}
