package org.selgen.stage;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.TestExperiment;

/** A toy experiment in an empty lake, worked on by {@link ToyEngine}. */
public abstract class ToyLake {
    @TempDir
    public Path folder;

    public final ToyEngine engine = new ToyEngine();
    final StringWriter said = new StringWriter();
    public TestExperiment experiment;

    @BeforeEach
    final void lay() throws IOException {
        experiment = lay(folder);
    }

    static TestExperiment lay(Path folder) throws IOException {
        return TestExperiment.in(folder, "methods=[standard, {kl-penalty: {beta: [0.1, 1]}}]")
                .data("trained={toy-questions: {labels: [gcd], groups: 2, seed: 2}}");
    }

    public final Stages bench(String lake, String... settings) throws IOException {
        return experiment.stages(lake, engine, said, settings);
    }
}
