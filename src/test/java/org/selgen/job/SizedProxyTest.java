package org.selgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.selgen.data.BadInput;
import org.selgen.data.Example;
import org.selgen.lake.Fingerprint;
import org.selgen.source.ProxySize;

/** How many proxy rows an experiment trains on. */
class SizedProxyTest extends ToyLake {
    private static final String BOTH = "data.proxy=[proxy, more]"; // 8 and 4 rows beside 12

    private final StringWriter told = new StringWriter();

    @BeforeEach
    void layASecondProxy() throws IOException {
        Files.writeString(
                folder.resolve("conf/datasets.yaml"),
                DATASETS + "more: {toy-persona: {topics: [plant], manner: careful, rows: 4, seed: 1}}\n");
    }

    private Workbench sized(String size) throws IOException {
        return bench("lake", told, BOTH, "data.proxySize=" + size);
    }

    @Test
    void theSizeIsOfAllProxyDatasetsTogether() throws IOException {
        PrepareJob.run(sized("all"), PrepareJob.OnLeak.STOP);
        assertThat(sized("all").proxy(12)).hasSize(12);
        assertThat(sized("{cap: {most: 9}}").proxy(12)).hasSize(9);
        assertThat(sized("{count: {count: 30}}").proxy(12)).hasSize(30);
        assertThat(sized("{fraction: {share: 0.25}}").proxy(12))
                .hasSize(4)
                .extracting(Example::split)
                .containsOnly("proxy");
    }

    @Test
    void ofAllRowsTheHashIsThatOfTheSetsAloneAndAnyOtherSizeHasItsOwn() {
        List<String> sets = List.of("a", "b");
        assertThat(Datasets.hash(sets, new ProxySize.All())).isEqualTo(Fingerprint.of(sets));
        assertThat(List.of(
                        Datasets.hash(sets, new ProxySize.All()),
                        Datasets.hash(sets, new ProxySize.Cap(5)),
                        Datasets.hash(sets, new ProxySize.Count(5)),
                        Datasets.hash(sets, new ProxySize.Count(6)),
                        Datasets.hash(sets, new ProxySize.Fraction(0.5))))
                .doesNotHaveDuplicates();
    }

    @Test
    void preparingTellsTheRepetition() throws IOException {
        PrepareJob.run(sized("{count: {count: 30}}"), PrepareJob.OnLeak.STOP);
        assertThat(told.toString())
                .contains("prepare: the proxy has 30 rows, of 12: each 2.5 times, beside 12 task rows");
    }

    @Test
    void aRowThatIsTooLongStopsPrepareBeforeAnythingIsKept() throws IOException {
        Workbench bench = bench("lake", told, "training.maxTokens=5");
        assertThatThrownBy(() -> PrepareJob.run(bench, PrepareJob.OnLeak.STOP))
                .isInstanceOf(BadInput.class)
                .hasMessageMatching(
                        "dataset 'task', row '.+' has \\d+ tokens but at most 5 fit, by training.maxTokens;"
                                + " shorten it, or raise training.maxTokens up to the model's context, 1000 \\(and \\d+ more\\)");
        assertThat(folder.resolve("lake/parquet")).doesNotExist();
        assertThat(folder.resolve("lake/delta")).doesNotExist();
    }
}
