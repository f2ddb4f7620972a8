package org.selgen.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.BadInput;
import org.selgen.data.Run;
import org.selgen.data.Status;
import org.selgen.data.StepMetrics;
import org.selgen.experiment.RunMatrix;
import org.selgen.experiment.RunSpec;
import org.selgen.file.Fingerprint;
import org.selgen.tensor.SafetensorsEntry;
import org.selgen.tensor.SafetensorsFile;

/** {@code dtype: bf16} with a real model. */
class PrecisionTest {
    private static final String HALF = "dtype=bf16";

    @TempDir
    Path folder;

    private SmallExperiment small;

    @BeforeEach
    void lay() throws IOException {
        small = SmallExperiment.in(folder);
    }

    private static final class Stopped extends RuntimeException {}

    @Test
    @Tag("slow")
    void aRunInBf16LearnsAndAnswersAndItsAdapterIsFloat32() throws IOException {
        Stages bench = small.bench("lake", HALF, "training.epochs=5");
        SmallExperiment.stages(bench);
        List<StepMetrics> steps = bench.context().lake().steps().read().stream()
                .sorted(java.util.Comparator.comparingInt(StepMetrics::step))
                .toList();
        int epoch = SmallExperiment.STEPS_OF_AN_EPOCH;
        assertThat(mean(steps.subList(4 * epoch, 5 * epoch))).isLessThan(0.7 * mean(steps.subList(0, epoch)));
        RunSpec order = bench.context().matrix().runs().get(1);
        assertThat(SafetensorsFile.open(SmallExperiment.adapter(bench, order))
                        .entries()
                        .values())
                .extracting(SafetensorsEntry::dtype)
                .containsOnly("F32");
        assertThat(bench.context().lake().generations().read())
                .extracting("run")
                .contains(order.run().id());
        assertThat(bench.context().runs()).extracting(Run::status).containsOnly(Status.FINISHED);
    }

    private static double mean(List<StepMetrics> steps) {
        return steps.stream().mapToDouble(StepMetrics::task).average().orElseThrow();
    }

    @Test
    @Tag("slow")
    void aTrainingInBf16GoesOnFromItsCheckpointWithTheSameBits() throws IOException {
        Stages whole = small.bench("whole", HALF, "checkpoint={steps: 4}");
        List<StepMetrics> steps = new ArrayList<>();
        RunSpec order = SmallExperiment.train(whole, steps::add).get(0);
        Stages stopped = small.bench("stopped", HALF, "checkpoint={steps: 4}");
        assertThatThrownBy(() -> SmallExperiment.train(stopped, step -> {
                    if (step.step() == 11) {
                        throw new Stopped();
                    }
                }))
                .isInstanceOf(Stopped.class);
        List<StepMetrics> again = new ArrayList<>();
        SmallExperiment.train(stopped, again::add);
        assertThat(again).isEqualTo(steps);
        assertThat(SmallExperiment.tensors(SmallExperiment.adapter(stopped, order)))
                .isEqualTo(SmallExperiment.tensors(SmallExperiment.adapter(whole, order)));
        RunSpec full = SmallExperiment.train(small.bench("full"), step -> {}).get(0);
        assertThat(SmallExperiment.tensors(SmallExperiment.adapter(small.bench("full"), full)))
                .isNotEqualTo(SmallExperiment.tensors(SmallExperiment.adapter(whole, order)));
    }

    @Test
    void float32IsInNoIdAndBf16IsInAll() throws IOException {
        Stages silent = small.bench("lake");
        List<String> ids = ids(silent);
        assertThat(ids(small.bench("lake", "dtype=f32"))).isEqualTo(ids);
        assertThat(ids(small.bench("lake", HALF))).hasSameSizeAs(ids).doesNotContainAnyElementsOf(ids);
        // as ids were before there was a choice
        List<RunSpec> orders =
                silent.context().matrix(new RunMatrix.Hashes("data", "")).runs();
        assertThat(orders.get(1).run().settings())
                .isEqualTo(
                        "{\"lora\":{\"alpha\":4.0,\"r\":2,\"rslora\":true,\"targets\":[\"q_proj\",\"down_proj\"]},"
                                + "\"training\":{\"accumulation\":1,\"batch\":4,\"clip\":1.0,\"epochs\":3,\"learningRate\":0.005,"
                                + "\"lossOn\":\"ANSWER\",\"maxTokens\":128,\"proxyBatch\":2,\"warmup\":2,\"weightDecay\":0.01}}");
        assertThat(orders.get(0).run().id())
                .isEqualTo(
                        Fingerprint.of(Map.of("modelHash", orders.get(0).run().modelHash(), "method", "base")));
        assertThat(orders.get(0).run().settings()).isEqualTo("{}");
    }

    @Test
    void anUnknownTypeNamesTheKnownOnes() {
        assertThatThrownBy(() -> small.bench("lake", "dtype=f16"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("dtype")
                .hasMessageContaining("f32, bf16");
    }

    private static List<String> ids(Stages bench) throws IOException {
        return bench.context().matrix(new RunMatrix.Hashes("data", "")).runs().stream()
                .map(order -> order.run().id())
                .toList();
    }
}
