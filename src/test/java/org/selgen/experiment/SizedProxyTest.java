package org.selgen.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.TestExperiment;
import org.selgen.data.BadInput;
import org.selgen.data.Example;
import org.selgen.file.Fingerprint;
import org.selgen.stage.PrepareStage.OnLeak;
import org.selgen.stage.Stages;
import org.selgen.stage.ToyEngine;

/** How many proxy rows an experiment trains on. */
class SizedProxyTest {
    @TempDir
    Path folder;

    private final StringWriter told = new StringWriter();

    private TestExperiment experiment;

    @BeforeEach
    void lay() throws IOException {
        experiment = TestExperiment.in(folder, "data.proxy=[proxy, more]")
                .data("more={toy-persona: {topics: [plant], manner: careful, rows: 4, seed: 1}}");
    }

    private Stages bench(String... settings) throws IOException {
        return experiment.stages("lake", new ToyEngine(), told, settings);
    }

    private List<Example> proxy(String... settings) throws IOException {
        Stages stages = bench(settings);
        return ExperimentRows.prepared(
                        stages.context().experiment(), stages.context().lake())
                .proxy();
    }

    private String hash(String size, List<String> sets) throws IOException {
        Experiment sized = bench("data.proxySize=" + size).context().experiment();
        return ExperimentRows.hashes(sized, sets, List.of()).data();
    }

    @Test
    void theSizeIsOfAllProxyDatasetsTogether() throws IOException {
        bench().prepare(OnLeak.STOP);
        assertThat(proxy()).hasSize(12);
        assertThat(proxy("data.proxySize={cap: {most: 9}}")).hasSize(9);
        assertThat(proxy("data.proxySize={count: {count: 30}}")).hasSize(30);
        assertThat(proxy("data.proxySize={fraction: {share: 0.25}}"))
                .hasSize(4)
                .extracting(Example::split)
                .containsOnly("proxy");
    }

    @Test
    void ofAllRowsTheHashIsThatOfTheSetsAloneAndAnyOtherSizeHasItsOwn() throws IOException {
        List<String> sets = List.of("a", "b");
        assertThat(hash("all", sets)).isEqualTo(Fingerprint.of(sets));
        assertThat(List.of(
                        hash("all", sets),
                        hash("{cap: {most: 5}}", sets),
                        hash("{count: {count: 5}}", sets),
                        hash("{count: {count: 6}}", sets),
                        hash("{fraction: {share: 0.5}}", sets)))
                .doesNotHaveDuplicates();
    }

    @Test
    void preparingTellsTheRepetition() throws IOException {
        bench("data.proxySize={count: {count: 30}}").prepare(OnLeak.STOP);
        assertThat(told.toString())
                .contains("prepare: the proxy has 30 rows, of 12: each 2.5 times, beside 12 task rows");
    }

    @Test
    void aRowThatIsTooLongStopsPrepareBeforeAnythingIsKept() throws IOException {
        Stages bench = bench("training.maxTokens=5");
        assertThatThrownBy(() -> bench.prepare(OnLeak.STOP))
                .isInstanceOf(BadInput.class)
                .hasMessageMatching(
                        "dataset 'task', row '.+' has \\d+ tokens but at most 5 fit, by training.maxTokens;"
                                + " shorten it, or raise training.maxTokens up to the model's context, 1000 \\(and \\d+ more\\)");
        assertThat(folder.resolve("lake/parquet")).doesNotExist();
        assertThat(folder.resolve("lake/delta")).doesNotExist();
    }
}
