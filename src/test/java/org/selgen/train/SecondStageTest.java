package org.selgen.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.Golden;
import org.selgen.data.StepMetrics;
import org.selgen.lm.Adapter;
import org.selgen.lm.Decoder;
import org.selgen.lm.LoraConfig;
import org.selgen.lm.ReferenceCache;
import org.selgen.lm.Sequence;
import org.selgen.method.KlPenalty;
import org.selgen.method.Method;
import org.selgen.method.OLora;
import org.selgen.method.Standard;
import org.selgen.tensor.DType;
import org.selgen.tensor.Tensor;

class SecondStageTest {
    private static final Training TRAINING = new Training(2, 4, 2, 1, 5e-3f, 2, 0.01f, 1, 64, Training.LossOn.ANSWER);
    private static final LoraConfig LORA = new LoraConfig(2, 4, true, List.of("q_proj", "down_proj"));
    private static Decoder base;
    private static Adapter before;
    private static ReferenceCache said;

    @TempDir
    Path folder;

    @BeforeAll
    static void learnTheFirstStage() {
        base = Decoder.open(Golden.path("models/gemma"), DType.F32);
        MethodRun first = new MethodRun(base, LORA, TRAINING, rows(0), proxy(0), 3);
        before = first.train("first", new Standard(), watch(-1, 1000, new ArrayList<>(), null))
                .adapter();
        said = ReferenceCache.open(DType.F32);
    }

    @AfterAll
    static void close() {
        said.close();
        before.close();
        base.close();
    }

    private static final class StageKilled extends RuntimeException {}

    private static List<Sequence> rows(int from) {
        return IntStream.range(from, from + 14)
                .mapToObj(i -> Sequence.answering(new long[] {2, 10 + i, 70 + i % 7, 5}, new long[] {10 + i, 70, 1}))
                .toList();
    }

    private static List<ProxyRow> proxy(int from) {
        return rows(from).stream().map(row -> new ProxyRow(row, row)).toList();
    }

    private static TrainingCallbacks watch(int dies, int every, List<StepMetrics> steps, Path folder) {
        Checkpoints kept = folder == null
                ? Checkpoints.none()
                : Checkpoints.in(folder, new Checkpointing(every, 1000, false), Clock.systemUTC());
        return new TrainingCallbacks(
                step -> {
                    if (step.step() == dies) {
                        throw new StageKilled();
                    }
                    steps.add(step);
                },
                TRAINING.epochs(),
                Set.of(),
                (epoch, adapter) -> {},
                kept);
    }

    /** What a training of the second stage leaves: its steps' metrics and its adapter's values. */
    private List<Object> second(Method method, int dies, int every) {
        MethodRun second = new MethodRun(base.withReference(before, said), LORA, TRAINING, rows(20), proxy(0), 4);
        List<StepMetrics> steps = new ArrayList<>();
        try (MethodTrainer.TrainedAdapter made = second.train("second", method, watch(dies, every, steps, folder))) {
            return List.of(steps, values(made.adapter()));
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

    @Test
    void trainingGoesOnFromTheStageBeforeWhichIsTheReferenceAndStaysAsItWas() {
        List<Float> as = values(before);
        List<StepMetrics> steps = new ArrayList<>();
        MethodRun second = new MethodRun(base.withReference(before, said), LORA, TRAINING, rows(0), proxy(0), 4);
        try (MethodTrainer.TrainedAdapter made =
                second.train("second", new KlPenalty(1), watch(-1, 1000, steps, null))) {
            assertThat(values(made.adapter())).isNotEqualTo(as);
        }
        List<StepMetrics> anew = new ArrayList<>();
        new MethodRun(base, LORA, TRAINING, rows(0), proxy(0), 4)
                .train("anew", new KlPenalty(1), watch(-1, 1000, anew, null))
                .close();
        assertThat(values(before)).isEqualTo(as);
        assertThat(steps.get(0).task()).isLessThan(anew.get(0).task() - 0.1);
        assertThat(steps.get(0).proxy()).isCloseTo(0, Offset.offset(1e-6));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 6})
    void aSecondStageStoppedAtAStepEndsWithTheBitsOfAnUndisturbedOne(int step) {
        for (Method method : List.of(new KlPenalty(1), new OLora(0.1f, 0.1f))) {
            folder = folder.resolve("undisturbed");
            List<Object> undisturbed = second(method, -1, 1000);
            folder = folder.resolveSibling("stopped-" + method.getClass().getSimpleName());
            assertThatThrownBy(() -> second(method, step, 2)).isInstanceOf(StageKilled.class);
            assertThat(second(method, -1, 2)).isEqualTo(undisturbed);
        }
    }
}
