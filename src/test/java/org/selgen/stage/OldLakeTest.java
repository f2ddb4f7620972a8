package org.selgen.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.TestExperiment;
import org.selgen.data.Run;
import org.selgen.data.Status;
import org.selgen.experiment.RunSpec;
import org.selgen.lake.Lake;
import org.selgen.lake.LocalSpark;

/** A lake that selgen wrote before its packages were laid out anew, with methods that need each other's adapters. */
class OldLakeTest {
    private static final Path OLD = Path.of("src/test/resources/lakes/version-1");

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private Stages stages;

    @BeforeEach
    void copy() throws IOException {
        FileUtils.copyDirectory(OLD.toFile(), folder.toFile());
        stages = Stages.open(
                Lake.create(LocalSpark.session(), folder.resolve("lake")),
                folder.resolve("conf/experiments/small.yaml"),
                List.of(TestExperiment.TINY),
                new LocalEngine(),
                new PrintWriter(out));
    }

    @Test
    void itsRunsAreThoseOfTheExperimentNow() throws IOException {
        List<Run> runs = stages.context().runs();
        assertThat(runs)
                .extracting(RunSpec::title)
                .containsExactly(
                        "base",
                        "standard seed=0",
                        "o-lora lambda=0.1 seed=0",
                        "safe-lora layers=1,plane=proxy-adapter seed=0");
        assertThat(runs).extracting(Run::status).containsOnly(Status.FINISHED);
        assertThat(stages.context().missing()).isEmpty();
    }

    @Test
    void nothingInItIsDoneAgain() throws IOException {
        Lake lake = stages.context().lake();
        List<Run> runs = lake.runs().read();
        long answers = lake.generations().rows().count();
        stages.trainAndGenerate();
        stages.judge();
        assertThat(out.toString())
                .contains("train: nothing is missing")
                .contains("generate: nothing is missing")
                .contains("judge: 0 verdicts on answers not read before");
        assertThat(lake.runs().read()).containsExactlyInAnyOrderElementsOf(runs);
        assertThat(lake.generations().rows().count()).isEqualTo(answers).isPositive();
    }
}
