package org.selgen.stage;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.selgen.TestExperiment;
import org.selgen.data.GpuUse;
import org.selgen.data.Run;
import org.selgen.data.StepMetrics;
import org.selgen.experiment.ExperimentContext;
import org.selgen.experiment.ExperimentRows;
import org.selgen.experiment.RunSpec;
import org.selgen.lake.Lake;
import org.selgen.stage.PrepareStage.OnLeak;
import org.selgen.tensor.SafetensorsFile;

/** A small experiment on the shipped model, for tests that train for real: 6 steps an epoch. */
record SmallExperiment(TestExperiment experiment) {
    static final int STEPS_OF_AN_EPOCH = 6;

    static SmallExperiment in(Path folder) throws IOException {
        return new SmallExperiment(TestExperiment.in(
                        folder,
                        TestExperiment.TINY,
                        "lora.targets=[q_proj, down_proj]",
                        "training={epochs: 3, batch: 4, proxyBatch: 2, accumulation: 1, learningRate: 0.005, warmup: 2,"
                                + " weightDecay: 0.01, clip: 1, maxTokens: 128, lossOn: answer}",
                        "methods=[{kl-penalty: {beta: 1}}]",
                        "decoding.maxTokens=6")
                .data("task.toy-gcd.rows=24", "test.toy-questions.groups=1"));
    }

    Path conf() {
        return experiment.file();
    }

    Path lake(String name) {
        return experiment.lake(name);
    }

    Stages bench(String lake, String... settings) throws IOException {
        return experiment.stages(lake, new LocalEngine(), new StringWriter(), settings);
    }

    static void stages(Stages bench) throws IOException {
        bench.prepare(OnLeak.STOP);
        bench.train();
        bench.generate();
        bench.judge();
        bench.score();
    }

    /** The one training of an experiment; gives the runs it leaves. Leaves no rows, but its checkpoints. */
    static List<RunSpec.Trained> train(Stages stages, Consumer<StepMetrics> listener) throws IOException {
        stages.prepare(OnLeak.STOP);
        ExperimentContext context = stages.context();
        List<RunSpec.Trained> runs = context.matrix().runs().stream()
                .flatMap(spec -> spec instanceof RunSpec.Trained trained ? Stream.of(trained) : Stream.of())
                .toList();
        ExperimentRows rows = ExperimentRows.prepared(context.experiment(), context.lake());
        TrainingJob.Places places = new TrainingJob.Places(
                context.model().toString(),
                context.lake().adapters(),
                context.lake().artefacts(),
                context.lake().checkpoints());
        new LocalEngine()
                .train(
                        new TrainingJob(
                                context.experiment(),
                                runs.get(0).training(),
                                runs,
                                context.experiment().checkpoint(),
                                places,
                                rows.task(),
                                rows.proxy(),
                                new TrainingJob.HeldOutRows(rows.heldOutTask(), rows.heldOutProxy())),
                        listener::accept);
        return runs;
    }

    static Path adapter(Stages bench, RunSpec order) {
        return bench.context()
                .lake()
                .root()
                .resolve("adapters")
                .resolve(order.run().id())
                .resolve("adapter_model.safetensors");
    }

    static Map<String, ByteBuffer> tensors(Path file) {
        Map<String, ByteBuffer> tensors = new TreeMap<>();
        SafetensorsFile.open(file).entries().forEach((name, entry) -> tensors.put(name, entry.read()));
        return tensors;
    }

    /** Everything that a repeated experiment must give again, by table and file: all but how long it took. */
    static TreeMap<String, List<String>> results(Stages bench) throws IOException {
        Lake lake = bench.context().lake();
        TreeMap<String, List<String>> results = new TreeMap<>();
        results.put("runs", sorted(lake.runs().read().stream().map(SmallExperiment::timeless)));
        results.put("steps", sorted(lake.steps().read().stream()));
        results.put("generations", sorted(lake.generations().read().stream()));
        results.put("judgements", sorted(lake.judgements().read().stream()));
        results.put("scores", sorted(lake.scores().read().stream()));
        try (Stream<Path> files = Files.walk(lake.root().resolve("adapters"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                results.put(
                        lake.root().resolve("adapters").relativize(file).toString(),
                        List.of(java.util.HexFormat.of().formatHex(Files.readAllBytes(file))));
            }
        }
        return results;
    }

    static List<String> sorted(Stream<? extends Record> rows) {
        return rows.map(Record::toString).sorted().toList();
    }

    static Run timeless(Run run) {
        return run.withTime(0, run.device()).withHost(null, GpuUse.NONE).withRevision(null);
    }
}
