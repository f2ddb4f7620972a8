package org.selgen.stage.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.TestExperiment;
import org.selgen.experiment.ExperimentContext;
import org.selgen.file.Fingerprint;
import org.selgen.lake.Lake;
import org.selgen.lake.LocalSpark;
import org.selgen.lake.Storage;

/** What of conf goes with an experiment that is published. */
class BundledConfTest {
    private static final Path EXPERIMENT = Path.of("conf/experiments/smollm2-sums.yaml");

    @TempDir
    private Path folder;

    private ExperimentContext open(Path file, String... settings) throws IOException {
        Storage lake = Storage.of(folder.resolve("lake").toString());
        return ExperimentContext.open(
                Lake.open(LocalSpark::session, lake), file, List.of(settings)); // Spark does not start
    }

    @Test
    void whatABundleHoldsIsFoundBesideItsExperiment() throws IOException {
        BundledConf conf = BundledConf.of(open(EXPERIMENT, "data.families=[polarity]"));
        for (Map.Entry<String, Path> file : conf.files().entrySet()) {
            Path copy = folder.resolve("there").resolve(file.getKey());
            Files.createDirectories(copy.getParent());
            Files.copy(file.getValue(), copy);
        }
        Path copy = Files.copy(EXPERIMENT, folder.resolve("there/conf/experiment.yaml"));
        ExperimentContext there = open(copy, "data.families=[polarity]");
        for (String dataset : List.of("capitals-plain", "opposites-facts", "simple-facts")) {
            assertThat(Fingerprint.json(there.catalog().source(dataset)))
                    .contains(folder.resolve("there/conf/facts").toString());
        }
        assertThat(there.catalog().judges().conf().find("families/polarity.yaml"))
                .isEqualTo(folder.resolve("there/conf/families/polarity.yaml"));
        assertThat(conf.missing()).isEmpty();
    }

    @Test
    void rowsOutsideOfConfAreNotPublishedAndAreNamed() throws IOException {
        TestExperiment mine = TestExperiment.in(folder).data("task={chat-jsonl: {path: raw/mine.jsonl, label: mine}}");
        Files.writeString(Files.createDirectories(folder.resolve("conf/raw")).resolve("mine.jsonl"), "{}");
        BundledConf conf = BundledConf.of(open(mine.file()));
        assertThat(conf.missing()).containsExactly(Map.entry("task", "mine.jsonl"));
        assertThat(conf.files().keySet()).noneMatch(name -> name.endsWith(".jsonl"));
    }
}
