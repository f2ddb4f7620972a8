package org.selgen.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selgen.Golden;
import org.selgen.data.BadInput;
import org.selgen.data.StepMetrics;
import org.selgen.lm.Adapter;
import org.selgen.lm.Batch;
import org.selgen.lm.Decoder;
import org.selgen.lm.LoraConfig;
import org.selgen.lm.Sequence;
import org.selgen.method.ConceptAblation;
import org.selgen.method.Consistency;
import org.selgen.method.GradientProjection;
import org.selgen.method.GradientProjection.ProductScope;
import org.selgen.method.GradientProjection.When;
import org.selgen.method.InoculationAdapter;
import org.selgen.method.KlPenalty;
import org.selgen.method.Method;
import org.selgen.method.OLora;
import org.selgen.method.PreventativeSteering;
import org.selgen.method.TokenRegularised;
import org.selgen.tensor.DType;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;

class ResumeTest {
    private static final Training TRAINING = new Training(3, 4, 2, 1, 5e-3f, 2, 0.01f, 1, 64, Training.LossOn.ANSWER);
    private static final LoraConfig LORA = new LoraConfig(2, 4, true, List.of("q_proj", "down_proj"));
    private static final Method METHOD = new KlPenalty(1);
    private static Decoder base;

    @TempDir
    Path folder;

    private final List<Integer> resumed = new ArrayList<>();
    private Decoder model = base;

    @BeforeAll
    static void open() {
        base = Decoder.open(Golden.path("models/gemma"), DType.F32);
    }

    @AfterAll
    static void close() {
        base.close();
    }

    private static final class Killed extends RuntimeException {}

    /** What a training left: its steps, and each point's adapter. */
    private record Left(List<StepMetrics> steps, Map<Integer, List<Float>> adapters) {}

    private static List<Sequence> rows(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> Sequence.answering(
                        new long[] {2, 10 + i % 50, 70 + i % 7, 5}, new long[] {10 + i % 50, 70 + i % 7, 1}))
                .map(row -> new Sequence(row.ids(), row.lossMask(), new Sequence.Template(1, 3, 4)))
                .toList();
    }

    private MethodRun method(Training training) {
        List<ProxyRow> proxy = IntStream.range(0, 6)
                .mapToObj(i -> new ProxyRow(
                        rows(20, 6).get(i),
                        rows(20, 6).get(i),
                        rows(30, 6).get(i),
                        rows(40, 6).get(i)))
                .toList();
        return new MethodRun(model, LORA, training, rows(0, 14), proxy, 3);
    }

    /** Trains until step {@code dies}, or to the end. */
    private Left train(Method method, Training training, int every, int dies, Left left) {
        TrainingCallbacks watch = new TrainingCallbacks(
                resumed::add,
                step -> {
                    if (step.step() == dies) {
                        throw new Killed();
                    }
                    left.steps().add(step);
                },
                training.epochs(),
                left.adapters().containsKey(1) ? Set.of(3) : Set.of(1, 3),
                (epoch, adapter) -> left.adapters().put(epoch, values(adapter)),
                Checkpoints.in(folder, new Checkpointing(every, 1000, false), Clock.systemUTC()),
                () -> {});
        method(training).train("r", method, watch).close();
        return left;
    }

    private static Left nothing() {
        return new Left(new ArrayList<>(), new TreeMap<>());
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

    private Left killedAt(Method method, Training training, int step, int every) {
        Left left = nothing();
        assertThatThrownBy(() -> train(method, training, every, step, left)).isInstanceOf(Killed.class);
        left.steps().clear();
        return left;
    }

    @Test
    @Tag("slow")
    void aTrainingStoppedAtAnyStepEndsWithTheBitsOfAnUndisturbedOne() throws IOException {
        Left undisturbed = train(METHOD, TRAINING, 1000, -1, nothing());
        assertThat(undisturbed.steps()).hasSize(12);
        for (int step = 1; step <= 12; step++) {
            PathUtils.cleanDirectory(folder);
            assertThat(train(METHOD, TRAINING, 3, -1, killedAt(METHOD, TRAINING, step, 3)))
                    .as("killed at step %d", step)
                    .isEqualTo(undisturbed);
            assertThat(resumed).last().as("steps of the first attempt").isEqualTo((step - 1) / 3 * 3);
        }
    }

    static Stream<Method> others() {
        return Stream.of(
                new OLora(0.1f, 0.1f),
                new GradientProjection(ProductScope.PER_PARAMETER, When.ALWAYS, GradientProjection.Proxy.KL, 3, 2),
                new InoculationAdapter(1, InoculationAdapter.Lower.TRAIT, 0),
                new InoculationAdapter(0.5f, InoculationAdapter.Lower.RANDOM, 1),
                new TokenRegularised(1, Batch.TemplatePart.SUFFIX),
                new PreventativeSteering(2, 1),
                new Consistency(1, Consistency.Alike.STATES),
                new Consistency(1, Consistency.Alike.ANSWERS),
                new ConceptAblation(2, List.of(1, 2), ConceptAblation.Directions.DIFFERENCES));
    }

    @ParameterizedTest
    @MethodSource("others")
    void methodsThatNeedMoreGoOnToo(Method method) throws IOException {
        goesOnWithItsBits(method, TRAINING, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"optimizer: sgd", "optimizer: lion", "optimizer: muon", "spectral: 0.5"})
    void everySettingGoesOnWithItsBits(String setting) throws IOException {
        Training training = TestTraining.with(setting);
        model = base.withDropout(0.3f, 1);
        goesOnWithItsBits(METHOD, training, 3);
    }

    private void goesOnWithItsBits(Method method, Training training, int every) throws IOException {
        Left undisturbed = train(method, training, 1000, -1, nothing());
        PathUtils.cleanDirectory(folder);
        assertThat(train(method, training, every, -1, killedAt(method, training, 8, every)))
                .isEqualTo(undisturbed);
    }

    @Test
    void leavingOutTheOrdersPositionOrTheMomentsIsNoticed() throws IOException {
        Left undisturbed = train(METHOD, TRAINING, 1000, -1, nothing());
        assertThat(resumedFrom(saved -> saved)).isEqualTo(undisturbed);
        assertThat(resumedFrom(saved -> new Checkpoint(saved.training(), 0, saved.made(), saved.tensors())))
                .isNotEqualTo(undisturbed);
        assertThat(resumedFrom(saved -> {
                    Map<String, Tensor> tensors = new LinkedHashMap<>(saved.tensors());
                    tensors.replaceAll((name, t) -> name.startsWith("adamw.m.") ? t.times(0) : t);
                    return new Checkpoint(saved.training(), saved.drawn(), saved.made(), tensors);
                }))
                .isNotEqualTo(undisturbed);
    }

    private Left resumedFrom(UnaryOperator<Checkpoint> change) throws IOException {
        PathUtils.cleanDirectory(folder);
        Left stopped = killedAt(METHOD, TRAINING, 8, 6);
        Path file = folder.resolve("step-6.safetensors");
        try (Scope scope = Scope.open()) {
            change.apply(Checkpoint.read(file)).write(file);
        }
        return train(METHOD, TRAINING, 1000, -1, stopped);
    }

    @Test
    void onlyTheLastTwoAreKept() throws IOException {
        train(METHOD, TRAINING, 2, -1, nothing());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("step-10.safetensors", "step-12.safetensors");
        }
    }

    @Test
    void aDamagedCheckpointIsRefusedByName() throws IOException {
        Left stopped = killedAt(METHOD, TRAINING, 8, 3);
        Path file = folder.resolve("step-6.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 5] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> train(METHOD, TRAINING, 3, -1, stopped))
                .isInstanceOf(BadInput.class)
                .hasMessage("the checkpoint " + file + " is damaged: its contents are not those that were written;"
                        + " delete it: training then goes on from the one before, or from the beginning");
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> train(METHOD, TRAINING, 3, -1, stopped))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("the checkpoint " + file + " is damaged: ");
        Files.delete(file);
        assertThat(train(METHOD, TRAINING, 3, -1, stopped).steps()).hasSize(12);
    }

    @Test
    void aCheckpointOfOtherSettingsIsRefusedByName() {
        Left stopped = killedAt(METHOD, TRAINING, 8, 3);
        Training other = new Training(3, 4, 2, 1, 6e-3f, 2, 0.01f, 1, 64, Training.LossOn.ANSWER);
        assertThatThrownBy(() -> train(METHOD, other, 3, -1, stopped))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("step-6.safetensors is a checkpoint of another training")
                .hasMessageContaining("learningRate=0.005")
                .hasMessageContaining("learningRate=0.006")
                .hasMessageEndingWith("delete its folder to train from the beginning");
    }
}
