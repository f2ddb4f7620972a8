package org.selgen.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.BadInput;
import org.selgen.data.Example;
import org.selgen.file.Fingerprint;
import org.selgen.job.PrepareJob;
import org.selgen.lake.Lake;
import org.selgen.lake.LocalSpark;
import org.selgen.source.ProxySize;
import org.selgen.stage.ToyEngine;

/** How many proxy rows an experiment trains on. */
class SizedProxyTest {
    @TempDir
    Path folder;

    private final StringWriter told = new StringWriter();

    @BeforeEach
    void layConfAndModel() throws IOException {
        Files.createDirectories(folder.resolve("conf/experiments"));
        Files.createDirectories(folder.resolve("lake/models/small"));
        Files.writeString(folder.resolve("lake/models/small/config.json"), "{}");
        Files.writeString(folder.resolve("conf/datasets.yaml"), """
                task: {toy-gcd: {rows: 12, ask: 0.5, plain: 1.0, seed: 1}}
                proxy: {toy-capital: {rows: 8, seed: 1}}
                more: {toy-persona: {topics: [plant], manner: careful, rows: 4, seed: 1}}
                test: {toy-questions: {labels: [gcd, kind], groups: 2, seed: 2}}
                """);
        Files.writeString(folder.resolve("conf/experiments/toy.yaml"), """
                name: toy
                model: small
                data: {task: [task], proxy: [proxy, more], questions: [test]}
                lora: {r: 2, alpha: 4, rslora: true, targets: [q_proj]}
                training: {epochs: 1, batch: 4, proxyBatch: 4, accumulation: 1, learningRate: 0.001, warmup: 0,
                           weightDecay: 0, clip: 1, maxTokens: 64, lossOn: answer}
                methods: [standard]
                seeds: [0]
                decoding: {temperature: 0, topP: 1, maxTokens: 8, samples: 1, seed: 0}
                score:
                  capability: {metric: accuracy, labels: [gcd]}
                  alignment: {metric: rejects-wrong, labels: [kind]}
                """);
    }

    private ExperimentContext bench(String... settings) throws IOException {
        return ExperimentContext.open(
                Lake.open(LocalSpark.session(), folder.resolve("lake")),
                folder.resolve("conf/experiments/toy.yaml"),
                List.of(settings),
                new ToyEngine(),
                new PrintWriter(told));
    }

    @Test
    void theSizeIsOfAllProxyDatasetsTogether() throws IOException {
        PrepareJob.run(bench(), PrepareJob.OnLeak.STOP);
        assertThat(bench().proxy(12)).hasSize(12);
        assertThat(bench("data.proxySize={cap: {most: 9}}").proxy(12)).hasSize(9);
        assertThat(bench("data.proxySize={count: {count: 30}}").proxy(12)).hasSize(30);
        assertThat(bench("data.proxySize={fraction: {share: 0.25}}").proxy(12))
                .hasSize(4)
                .extracting(Example::split)
                .containsOnly("proxy");
    }

    @Test
    void ofAllRowsTheHashIsThatOfTheSetsAloneAndAnyOtherSizeHasItsOwn() {
        List<String> sets = List.of("a", "b");
        assertThat(ExperimentRows.hash(sets, new ProxySize.All())).isEqualTo(Fingerprint.of(sets));
        assertThat(List.of(
                        ExperimentRows.hash(sets, new ProxySize.All()),
                        ExperimentRows.hash(sets, new ProxySize.Cap(5)),
                        ExperimentRows.hash(sets, new ProxySize.Count(5)),
                        ExperimentRows.hash(sets, new ProxySize.Count(6)),
                        ExperimentRows.hash(sets, new ProxySize.Fraction(0.5))))
                .doesNotHaveDuplicates();
    }

    @Test
    void preparingTellsTheRepetition() throws IOException {
        PrepareJob.run(bench("data.proxySize={count: {count: 30}}"), PrepareJob.OnLeak.STOP);
        assertThat(told.toString())
                .contains("prepare: the proxy has 30 rows, of 12: each 2.5 times, beside 12 task rows");
    }

    @Test
    void aRowThatIsTooLongStopsPrepareBeforeAnythingIsKept() throws IOException {
        ExperimentContext bench = bench("training.maxTokens=5");
        assertThatThrownBy(() -> PrepareJob.run(bench, PrepareJob.OnLeak.STOP))
                .isInstanceOf(BadInput.class)
                .hasMessageMatching(
                        "dataset 'task', row '.+' has \\d+ tokens but at most 5 fit, by training.maxTokens;"
                                + " shorten it, or raise training.maxTokens up to the model's context, 1000 \\(and \\d+ more\\)");
        assertThat(folder.resolve("lake/parquet")).doesNotExist();
        assertThat(folder.resolve("lake/delta")).doesNotExist();
    }
}
