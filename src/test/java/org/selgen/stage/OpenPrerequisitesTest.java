package org.selgen.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.TestExperiment;
import org.selgen.experiment.ExperimentContext;
import org.selgen.experiment.RunMatrix;
import org.selgen.experiment.RunSpec;
import org.selgen.experiment.TrainingSpec;
import org.selgen.lake.Storage;
import org.selgen.lm.Adapter;
import org.selgen.lm.Decoder;
import org.selgen.lm.PeftConfig;
import org.selgen.method.Artefact;
import org.selgen.tensor.DType;
import org.selgen.tensor.Scope;

class OpenPrerequisitesTest {
    /** Safe-LoRA needs two adapters: the proxy's is read, then the standard run's is not there. */
    @Test
    void whatWasReadIsFreedWhereTheRestIsMissing(@TempDir Path folder) throws IOException {
        Stages stages = TestExperiment.in(
                        folder,
                        TestExperiment.TINY,
                        "methods=[standard, {safe-lora: {layers: 1, plane: proxy-adapter}}]")
                .stages("lake", new LocalEngine(), new StringWriter());
        ExperimentContext context = stages.context();
        TrainingSpec spec = context.matrix(new RunMatrix.Hashes("data", "")).runs().stream()
                .flatMap(run -> run instanceof RunSpec.Trained trained ? Stream.of(trained.training()) : Stream.empty())
                .filter(training -> training.needs().size() == 2)
                .findFirst()
                .orElseThrow();
        Map<Artefact, String> needs = new EnumMap<>(spec.needs());
        assertThat(needs).containsOnlyKeys(Artefact.PROXY_ADAPTER, Artefact.STANDARD_ADAPTER);
        TrainingJob.Places places = new TrainingJob.Places(
                context.model().toString(),
                Storage.of(folder.resolve("adapters").toString()),
                Storage.of(folder.resolve("artefacts").toString()),
                Storage.of(folder.resolve("checkpoints").toString()));
        try (Decoder base = Decoder.open(context.model(), DType.F32)) {
            try (Adapter proxy = Adapter.fresh(context.experiment().lora(), base.config(), 1)) {
                proxy.write(
                        folder.resolve("artefacts").resolve(needs.get(Artefact.PROXY_ADAPTER)),
                        new PeftConfig("", context.experiment().lora()));
            }
            TrainingJob job = new TrainingJob(
                    context.experiment(),
                    spec,
                    List.of(),
                    context.experiment().checkpoint(),
                    places,
                    List.of(),
                    List.of(),
                    TrainingJob.HeldOutRows.NONE);
            long before = Scope.liveTensors();
            assertThatThrownBy(() -> new OpenPrerequisites(job, base, () -> {}))
                    .hasMessageContaining(needs.get(Artefact.STANDARD_ADAPTER));
            assertThat(Scope.liveTensors()).isEqualTo(before);
        }
    }
}
