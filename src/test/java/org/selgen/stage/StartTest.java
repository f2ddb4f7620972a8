package org.selgen.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.TestExperiment;
import org.selgen.data.BadInput;
import org.selgen.data.Run;
import org.selgen.data.Status;
import org.selgen.experiment.RunMatrix;
import org.selgen.experiment.RunSpec;
import org.selgen.stage.PrepareStage.OnLeak;

class StartTest {
    private static final String START = "start={data: [before], epochs: 2}";

    @TempDir
    Path folder;

    private final ToyEngine engine = new ToyEngine();
    private TestExperiment experiment;

    @BeforeEach
    void lay() throws IOException {
        experiment = TestExperiment.in(
                        folder,
                        "methods=[standard, {kl-penalty: {beta: 1}}]",
                        "seeds=[0, 1]",
                        "score.capability={metric: accuracy}",
                        "score.alignment={metric: accuracy}")
                .data(
                        "task={toy-points: {words: [eagle], upper: blue, rows: 4, seed: 1}}",
                        "proxy={toy-points: {words: [shark], upper: red, rows: 4, seed: 1}}",
                        "before={toy-points: {words: [eagle, shark, dog], upper: red, rows: 8, seed: 2}}",
                        "test={toy-points: {words: [dog], upper: red, rows: 1, seed: 1}}");
    }

    @Test
    void aStageBeforeIsARunOfEachSeedFromWhichTheMethodsOfThatSeedBegin() throws IOException {
        List<RunSpec> orders = bench(START)
                .context()
                .matrix(new RunMatrix.Hashes("data", "before"))
                .runs();
        assertThat(orders)
                .extracting(RunSpec::title)
                .containsExactly(
                        "base",
                        "start seed=0",
                        "start seed=1",
                        "standard seed=0",
                        "standard seed=1",
                        "kl-penalty beta=1 seed=0",
                        "kl-penalty beta=1 seed=1");
        String zero = orders.get(1).run().id();
        String one = orders.get(2).run().id();
        assertThat(orders.subList(1, 7))
                .extracting(run -> ((RunSpec.Trained) run).training().previous())
                .containsExactly("", "", zero, one, zero, one);
    }

    @Test
    void whatDecidesTheStageBeforeDecidesEveryIdAfterIt() throws IOException {
        List<String> ids = ids(bench(START), "before");
        assertThat(ids(bench(START), "other rows")).doesNotContainAnyElementsOf(ids);
        assertThat(ids(bench(START.replace("2", "3")), "before")).doesNotContainAnyElementsOf(ids);
        assertThat(ids(bench(), "")).doesNotContainAnyElementsOf(ids);
        List<String> other = bench(START).context().matrix(new RunMatrix.Hashes("other", "before")).runs().stream()
                .map(order -> order.run().id())
                .toList();
        assertThat(other.subList(1, 3)).isEqualTo(ids.subList(0, 2)); // one previous stage for many experiments
    }

    @Test
    void anExperimentOfOneStageKeepsItsIdsWhileTheRecipeIsTheSame() throws IOException {
        assertThat(ids(bench(), "").get(0)).isEqualTo("c592649b6d9f");
    }

    @Test
    @Tag("slow")
    void aRunWhoseStageBeforeDivergedSaysSo() throws IOException {
        engine.diverge("start");
        Stages bench = bench(START);
        bench.prepare(OnLeak.STOP);
        bench.train();
        List<Run> runs = bench.context().runs();
        assertThat(runs.subList(1, runs.size())).extracting(Run::status).containsOnly(Status.DIVERGED);
        assertThat(runs.get(3).reason())
                .isEqualTo("its start run " + runs.get(1).id() + " diverged: loss NaN at step 2");
    }

    @Test
    void safeLoraAfterAStageBeforeIsRefused() {
        assertThatThrownBy(() -> bench(START, "methods=[standard, {safe-lora: {layers: 1, plane: proxy-adapter}}]"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("methods has safe-lora, which would edit what was trained in start too");
    }

    private static List<String> ids(Stages bench, String start) throws IOException {
        return bench.context().matrix(new RunMatrix.Hashes("data", start)).runs().stream()
                .filter(RunSpec.Trained.class::isInstance)
                .map(order -> order.run().id())
                .toList();
    }

    private Stages bench(String... settings) throws IOException {
        return experiment.stages("lake", engine, new StringWriter(), settings);
    }
}
