package org.selgen.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.Generation;
import org.selgen.data.Run;
import org.selgen.data.StepMetrics;
import org.selgen.experiment.RunSpec;

/** {@code evaluate.epochs} with a real model: one training, several runs. */
class EpochsTest {
    private static final int EPOCH = SmallExperiment.STEPS_OF_AN_EPOCH;
    private static final String SAVED = "checkpoint={steps: " + EPOCH + "}";

    @TempDir
    Path folder;

    private SmallExperiment small;

    @BeforeEach
    void lay() throws IOException {
        small = SmallExperiment.in(folder);
    }

    @Test
    void theAdapterOfAnEpochIsTheTrainingsStateAtItsEnd() throws IOException {
        Stages bench = small.bench("all", "evaluate={epochs: [1, 2, 3]}", SAVED);
        List<StepMetrics> told = new ArrayList<>();
        List<RunSpec.Trained> orders = SmallExperiment.train(bench, told::add);
        assertThat(told).hasSize(3 * EPOCH); // one training, not three
        Path checkpoints = bench.context()
                .lake()
                .root()
                .resolve("checkpoints")
                .resolve(orders.get(0).training().id());
        for (int epoch : List.of(2, 3)) { // the last two checkpoints are kept
            Map<String, ByteBuffer> state =
                    SmallExperiment.tensors(checkpoints.resolve("step-" + epoch * EPOCH + ".safetensors"));
            adapter(bench, orders.get(epoch - 1))
                    .forEach((name, bytes) ->
                            assertThat(bytes).as("epoch %d, %s", epoch, name).isEqualTo(state.get("adapter." + name)));
        }
        assertThat(adapter(bench, orders.get(0))).isNotEqualTo(adapter(bench, orders.get(1)));
        Stages stopped = small.bench("first", "evaluate={epochs: [1]}");
        List<RunSpec.Trained> first = SmallExperiment.train(stopped, step -> {});
        assertThat(first.get(0).run()).isEqualTo(orders.get(0).run());
        assertThat(adapter(stopped, first.get(0))).isEqualTo(adapter(bench, orders.get(0)));
    }

    @Test
    @Tag("slow")
    void everyEpochIsARunWithItsOwnStepsAnswersAndScores() throws IOException {
        Stages bench = small.bench("lake", "evaluate={epochs: [1, 3]}");
        SmallExperiment.stages(bench);
        List<Run> runs = bench.context().finished();
        assertThat(runs).extracting(Run::knobs).containsExactly("", "beta=1,epoch=1", "beta=1");
        assertThat(runs).extracting(Run::steps).containsExactly(0, EPOCH, 3 * EPOCH);
        String first = runs.get(1).id();
        String last = runs.get(2).id();
        List<StepMetrics> whole = steps(bench, last);
        assertThat(steps(bench, first))
                .isEqualTo(whole.subList(0, EPOCH).stream()
                        .map(step -> step.of(first))
                        .toList());
        assertThat(bench.context().lake().generations().read())
                .extracting(Generation::run)
                .contains(first, last);
        assertThat(bench.context().lake().scores().read()).extracting("run").contains(first, last);
    }

    private static List<StepMetrics> steps(Stages bench, String run) {
        return bench.context().lake().steps().read().stream()
                .filter(step -> step.run().equals(run))
                .sorted(java.util.Comparator.comparingInt(StepMetrics::step))
                .toList();
    }

    private static Map<String, ByteBuffer> adapter(Stages bench, RunSpec order) {
        return SmallExperiment.tensors(SmallExperiment.adapter(bench, order));
    }
}
