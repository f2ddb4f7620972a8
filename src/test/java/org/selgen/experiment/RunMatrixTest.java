package org.selgen.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.selgen.TestExperiment;
import org.selgen.data.BadInput;
import org.selgen.data.Run;
import org.selgen.stage.Stages;
import org.selgen.stage.ToyLake;

class RunMatrixTest extends ToyLake {
    @Test
    void everyMethodWithEverySeedIsARunAndTheBaseIsOneMore() throws IOException {
        assertThat(bench("lake", "seeds=[0, 1]")
                        .context()
                        .matrix(new RunMatrix.Hashes("data", ""))
                        .runs())
                .extracting(RunSpec::title)
                .containsExactly(
                        "base",
                        "standard seed=0",
                        "standard seed=1",
                        "kl-penalty beta=0.1 seed=0",
                        "kl-penalty beta=0.1 seed=1",
                        "kl-penalty beta=1 seed=0",
                        "kl-penalty beta=1 seed=1");
    }

    @Test
    void whatDecidesTheWeightsDecidesTheId() throws IOException {
        Set<String> ids = ids(bench("lake"), "data");
        assertThat(ids(bench("lake", "name=other", "decoding.maxTokens=9", "seeds=[0, 1]"), "data"))
                .containsAll(ids);
        assertThat(ids(bench("lake"), "other data")).doesNotContainAnyElementsOf(ids);
        assertThat(ids(bench("lake", "training.batch=2"), "data")).doesNotContainAnyElementsOf(ids);
        assertThat(ids(bench("lake", "lora.r=3"), "data")).doesNotContainAnyElementsOf(ids);
        Files.writeString(folder.resolve("lake/models/small/config.json"), "{ }");
        assertThat(ids(bench("lake"), "data")).doesNotContainAnyElementsOf(ids);
    }

    @Test
    void epochsOfOneTrainingAreRunsAndAddingOneMakesOnlyThat() throws IOException {
        String[] five = {"training.epochs=5", "methods=[standard]"};
        List<Run> last = runsOf(bench("lake", five));
        Stages three = bench("lake", five[0], five[1], "evaluate.epochs=[5, 1, 2]");
        assertThat(runsOf(three)).containsAll(last);
        assertThat(three.context().matrix(new RunMatrix.Hashes("data", "")).runs())
                .extracting(RunSpec::title)
                .containsExactly("base", "standard epoch=1 seed=0", "standard epoch=2 seed=0", "standard seed=0");
        TestExperiment.all(three);
        assertThat(engine.trained()).isEqualTo(1);
        Stages four = bench("lake", five[0], five[1], "evaluate.epochs=[1, 2, 3, 5]");
        assertThat(four.context().missing()).extracting(RunSpec::title).containsExactly("standard epoch=3 seed=0");
    }

    @Test
    void anEpochThatTrainingDoesNotReachIsRefused() {
        assertThatThrownBy(() -> bench("lake", "evaluate.epochs=[2]"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("evaluate.epochs has 2 but must be between 1 and training.epochs, which is 1");
    }

    @Test
    void howOftenATrainingIsSavedIsInNoId() throws IOException {
        assertThat(ids(bench("lake", "checkpoint.steps=3"), "data")).isEqualTo(ids(bench("lake"), "data"));
    }

    private static Set<String> ids(Stages bench, String dataHash) throws IOException {
        return bench.context().matrix(new RunMatrix.Hashes(dataHash, "")).runs().stream()
                .filter(RunSpec.Trained.class::isInstance)
                .map(order -> order.run().id())
                .collect(Collectors.toSet());
    }

    private static List<Run> runsOf(Stages bench) throws IOException {
        return bench.context().matrix(new RunMatrix.Hashes("data", "")).runs().stream()
                .map(RunSpec::run)
                .toList();
    }
}
