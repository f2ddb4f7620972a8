package org.selgen.stage;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.lake.Lake;
import org.selgen.lake.LocalSpark;
import org.selgen.stage.PrepareStage.OnLeak;

/** A toy experiment in an empty lake, worked on by {@link ToyEngine}. */
public abstract class ToyLake {
    public static final String DATASETS = """
            task: {toy-gcd: {rows: 12, ask: 0.5, plain: 1.0, seed: 1}}
            proxy: {toy-capital: {rows: 8, seed: 1}}
            test: {toy-questions: {labels: [gcd, kind], groups: 2, seed: 2}}
            trained: {toy-questions: {labels: [gcd], groups: 2, seed: 2}}
            """;
    static final String EXPERIMENT = """
            name: toy
            model: small
            data: {task: [task], proxy: [proxy], questions: [test]}
            lora: {r: 2, alpha: 4, rslora: true, targets: [q_proj]}
            training: {epochs: 1, batch: 4, proxyBatch: 4, accumulation: 1, learningRate: 0.001, warmup: 0,
                       weightDecay: 0, clip: 1, maxTokens: 64, lossOn: answer}
            methods: [standard, {kl-penalty: {beta: [0.1, 1]}}]
            seeds: [0]
            decoding: {temperature: 0, topP: 1, maxTokens: 8, samples: 1, seed: 0}
            score:
              capability: {metric: accuracy, labels: [gcd]}
              alignment: {metric: rejects-wrong, labels: [kind]}
            """;

    @TempDir
    public Path folder;

    @BeforeEach
    final void layConfAndModel() throws IOException {
        Files.createDirectories(folder.resolve("conf/experiments"));
        Files.createDirectories(folder.resolve("lake/models/small"));
        Files.writeString(folder.resolve("lake/models/small/config.json"), "{}");
        Files.writeString(folder.resolve("conf/datasets.yaml"), DATASETS);
        Files.writeString(folder.resolve("conf/experiments/toy.yaml"), EXPERIMENT);
        ToyEngine.FAILING.clear();
        ToyEngine.DIVERGING.clear();
        ToyEngine.TRAINED.set(0);
        ToyEngine.ASKED.set(0);
    }

    public static void stages(Stages bench) throws IOException {
        bench.prepare(OnLeak.STOP);
        bench.train();
        bench.generate();
        bench.judge();
        bench.score();
        bench.report();
    }

    public final Stages bench(String lake, String... settings) throws IOException {
        return bench(lake, new StringWriter(), settings);
    }

    final Stages bench(String lake, StringWriter said, String... settings) throws IOException {
        if (!Files.exists(folder.resolve(lake).resolve("models"))) {
            Files.createDirectories(folder.resolve(lake).resolve("models/small"));
            Files.writeString(folder.resolve(lake).resolve("models/small/config.json"), "{}");
        }
        return Stages.open(
                Lake.open(LocalSpark.session(), folder.resolve(lake)),
                folder.resolve("conf/experiments/toy.yaml"),
                List.of(settings),
                new ToyEngine(),
                new PrintWriter(said));
    }
}
