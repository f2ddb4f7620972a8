package org.selgen.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.Golden;
import org.selgen.data.BadInput;
import org.selgen.data.StepMetrics;
import org.selgen.lm.Adapter;
import org.selgen.lm.Decoder;
import org.selgen.lm.LoraConfig;
import org.selgen.lm.Sequence;
import org.selgen.method.EarlyStopping;
import org.selgen.method.Method;
import org.selgen.method.Standard;
import org.selgen.method.Stopping.HeldOutLoss;
import org.selgen.tensor.DType;
import org.selgen.tensor.Tensor;
import org.selgen.train.MethodTrainer.TrainedAdapter;

class EarlyStoppingTest {
    private static final Training TRAINING = TestTraining.with("epochs: 4", "learningRate: 0.02");
    private static final LoraConfig LORA = new LoraConfig(2, 4, true, List.of("q_proj", "down_proj"));
    private static Decoder base;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        base = Decoder.open(Golden.path("models/gemma"), DType.F32);
    }

    @AfterAll
    static void close() {
        base.close();
    }

    private static List<Sequence> rows(int from, int count, int answer) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> Sequence.answering(new long[] {2, 10 + i % 50, 5}, new long[] {answer, 1}))
                .toList();
    }

    private static final class Killed extends RuntimeException {}

    /** What a training left: its steps, the adapter of each epoch that was asked for, and the last. */
    private record Left(List<StepMetrics> steps, Map<Integer, List<Float>> epochs, List<Float> last) {}

    private Left train(Method method, Set<Integer> epochs, int dies) {
        List<StepMetrics> steps = new ArrayList<>();
        Map<Integer, List<Float>> reached = new TreeMap<>();
        TrainingCallbacks callbacks = new TrainingCallbacks(
                step -> {
                    if (step.step() == dies) {
                        throw new Killed();
                    }
                    steps.add(step);
                },
                TRAINING.epochs(),
                epochs,
                (epoch, adapter) -> reached.put(epoch, values(adapter)),
                Checkpoints.in(
                        folder.resolve(method.toString()), new Checkpointing(2, 1000, false), Clock.systemUTC()));
        Evaluation evaluation = new Evaluation(rows(14, 3, 70), rows(14, 3, 90), 2);
        List<ProxyRow> proxy =
                rows(20, 4, 90).stream().map(row -> new ProxyRow(row, null)).toList();
        try (TrainedAdapter left = new MethodRun(base, LORA, TRAINING, rows(0, 14, 70), proxy, 3, evaluation)
                .train("r", method, callbacks)) {
            return new Left(steps, reached, values(left.adapter()));
        }
    }

    private static List<Float> values(Adapter adapter) {
        List<Float> values = new ArrayList<>();
        for (Tensor parameter : adapter.parameters()) {
            for (float value : parameter.floats()) {
                values.add(value);
            }
        }
        return values;
    }

    private static List<StepMetrics> measured(Left left) {
        return left.steps().stream().filter(step -> step.heldOutProxy() != null).toList();
    }

    /** Task and proxy answer alike prompts otherwise, so that the proxy's loss grows. */
    @Test
    void theEpochOfTheSmallestProxyLossLeavesBitForBit() {
        Left standard = train(new Standard(), Set.of(1, 2, 3, 4), -1);
        Left stopped = train(new EarlyStopping(null, null), Set.of(4), -1);
        assertThat(stopped.steps()).isEqualTo(standard.steps()).hasSize(16);
        assertThat(measured(standard)).extracting(StepMetrics::step).containsExactly(4, 8, 12, 16);
        int best = 1;
        for (int e = 2; e <= 4; e++) {
            boolean smaller = measured(standard).get(e - 1).heldOutProxy()
                    < measured(standard).get(best - 1).heldOutProxy();
            best = smaller ? e : best;
        }
        assertThat(best).isLessThan(4);
        assertThat(stopped.last()).isEqualTo(standard.epochs().get(best));
        assertThat(stopped.epochs()).containsExactly(Map.entry(4, stopped.last()));
    }

    @Test
    void theFirstEpochThatReachesATaskLossLeavesAndIsTheLast() {
        Left standard = train(new Standard(), Set.of(1, 2, 3, 4), -1);
        float reached = measured(standard).get(1).heldOutTask().floatValue() + 1e-4f;
        Left stopped = train(new EarlyStopping(reached, null), Set.of(4), -1);
        assertThat(measured(standard).get(0).heldOutTask()).isGreaterThan(reached);
        assertThat(stopped.steps()).isEqualTo(standard.steps().subList(0, 8));
        assertThat(stopped.last()).isEqualTo(standard.epochs().get(2));
        assertThat(stopped.epochs()).containsExactly(Map.entry(4, stopped.last()));
    }

    @Test
    void aTrainingThatWasKilledLeavesTheSameEpoch() throws IOException {
        Method method = new EarlyStopping(null, 2);
        Left undisturbed = train(method, Set.of(4), -1);
        for (int dies : List.of(6, 11)) {
            FileUtils.deleteDirectory(folder.resolve(method.toString()).toFile());
            assertThatThrownBy(() -> train(method, Set.of(4), dies)).isInstanceOf(Killed.class);
            assertThat(train(method, Set.of(4), -1))
                    .as("killed at step %d", dies)
                    .isEqualTo(undisturbed);
        }
        assertThat(train(method, Set.of(4), -1).last())
                .as("begun again when it had ended")
                .isEqualTo(undisturbed.last());
    }

    @Test
    void aTaskLossThatIsNeverReachedIsToldWithItsNumber() {
        assertThatThrownBy(() -> train(new EarlyStopping(1e-5f, null), Set.of(4), -1))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("early-stopping.taskLoss is 1.0E-5 but the loss on held-out task rows is ")
                .hasMessageEndingWith(" after all 4 epochs; raise it, or training.epochs");
    }

    @Test
    void patienceEndsATrainingAfterEpochsWithoutASmallerLoss() {
        List<HeldOutLoss> falling = losses(3, 2, 1);
        List<HeldOutLoss> rising = losses(3, 1, 2, 4);
        assertThat(new EarlyStopping(null, 1).ends(falling)).isFalse();
        assertThat(new EarlyStopping(null, 1).ends(rising.subList(0, 3))).isTrue();
        assertThat(new EarlyStopping(null, 2).ends(rising.subList(0, 3))).isFalse();
        assertThat(new EarlyStopping(null, 2).ends(rising)).isTrue();
        assertThat(new EarlyStopping(null, null).ends(rising)).isFalse();
        assertThat(new EarlyStopping(null, null).leaves(rising)).isEqualTo(2);
        assertThat(new EarlyStopping(null, null).leaves(losses(1, 1))).isEqualTo(1);
        assertThatThrownBy(() -> new EarlyStopping(0.1f, 1)).hasMessageContaining("leave one out");
    }

    private static List<HeldOutLoss> losses(double... proxy) {
        return IntStream.range(0, proxy.length)
                .mapToObj(i -> new HeldOutLoss(1, proxy[i]))
                .toList();
    }
}
