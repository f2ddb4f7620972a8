package org.selgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.data.BadInput;
import org.selgen.data.Run;
import org.selgen.data.Status;
import org.selgen.experiment.RunMatrix;
import org.selgen.experiment.RunSpec;
import org.selgen.stage.PrepareStage.OnLeak;
import org.selgen.stage.Quickstart;
import org.selgen.stage.Stages;
import org.selgen.stage.ToyEngine;

/** A verb on some of an experiment's methods. */
class MethodFilterTest {
    private static final String METHODS = "methods=[standard, mixed, {kl-penalty: {beta: [0.1, 1]}},"
            + " {safe-lora: {layers: 1, projector: orthogonal, plane: proxy-adapter}}]";

    @TempDir
    private Path folder;

    private final StringWriter said = new StringWriter();
    private final ToyEngine engine = new ToyEngine();

    @Test
    void aPartHasTheRunsOfTheWholeUnderTheSameIds() throws IOException {
        Stages whole = bench();
        assertThat(MethodFilter.of(whole, List.of("kl-penalty"))
                        .context()
                        .matrix(new RunMatrix.Hashes("data", ""))
                        .runs())
                .extracting(RunSpec::title)
                .containsExactly("base", "kl-penalty beta=0.1 seed=0", "kl-penalty beta=1 seed=0");
        assertThat(ids(whole)).containsAll(ids(MethodFilter.of(whole, List.of("kl-penalty", "mixed"))));
    }

    @Test
    void whatAMethodBeginsFromComesAlong() throws IOException {
        assertThat(MethodFilter.of(bench(), List.of("safe-lora"))
                        .context()
                        .matrix(new RunMatrix.Hashes("data", ""))
                        .runs())
                .extracting(order -> order.run().method())
                .containsExactly("base", "standard", "safe-lora");
    }

    @Test
    void partsInAnyOrderTrainEveryRunOnce() throws IOException {
        Stages whole = bench();
        whole.prepare(OnLeak.STOP);
        for (String method : List.of("safe-lora", "kl-penalty", "standard", "mixed")) {
            MethodFilter.of(whole, List.of(method)).train();
        }
        assertThat(engine.trained()).isEqualTo(5);
        assertThat(whole.context().finished())
                .hasSize(whole.context().matrix().runs().size());
        assertThat(whole.context().missing()).isEmpty();
    }

    @Test
    void aPartEndsAsItsOwnRunsDo() throws IOException {
        Stages whole = bench();
        whole.prepare(OnLeak.STOP);
        engine.fail("mixed");
        MethodFilter.of(whole, List.of("mixed")).train();
        assertThat(whole.context().runs()).extracting(Run::status).containsExactly(Status.FINISHED, Status.FAILED);
        assertThat(MethodFilter.of(whole, List.of("mixed")).summary()).isEqualTo(1);
        assertThat(MethodFilter.of(whole, List.of("standard")).summary()).isZero();
    }

    @Test
    void anUnknownMethodNamesTheNearestOfTheExperiment() {
        assertThatThrownBy(() -> MethodFilter.of(bench(), List.of("kl-penalti")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("--only: 'kl-penalti' is not a known method of the experiment; did you mean"
                        + " 'kl-penalty'? Known: standard, mixed, kl-penalty, safe-lora");
    }

    private Stages bench() throws IOException {
        return Quickstart.bench(folder.resolve("lake"), engine, said, METHODS);
    }

    private static List<String> ids(Stages bench) throws IOException {
        return bench.context().matrix(new RunMatrix.Hashes("data", "")).runs().stream()
                .map(order -> order.run().id())
                .toList();
    }
}
