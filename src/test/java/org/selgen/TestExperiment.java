package org.selgen;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.selgen.experiment.conf.Yaml;
import org.selgen.lake.Lake;
import org.selgen.lake.LocalSpark;
import org.selgen.stage.Engine;
import org.selgen.stage.PrepareStage.OnLeak;
import org.selgen.stage.Stages;

/**
 * The experiment of the tests in a folder: its conf files, and lakes beside them. What a test needs otherwise it says in
 * settings, as {@code --set} takes them.
 */
public record TestExperiment(Path folder) {
    /** The setting for the shipped model; without it the model is a name, for engines that open none. */
    public static final String TINY =
            "model=" + Path.of("data-lake/models/tiny").toAbsolutePath();

    private static final String NAMED = "small";
    private static final String DATASETS = """
            task: {toy-gcd: {rows: 12, ask: 0.5, plain: 1.0, seed: 1}}
            proxy: {toy-capital: {rows: 8, seed: 1}}
            test: {toy-questions: {labels: [gcd, kind], groups: 2, seed: 2}}
            """;
    private static final String EXPERIMENT = """
            name: toy
            model: %s
            data: {task: [task], proxy: [proxy], questions: [test]}
            lora: {r: 2, alpha: 4, rslora: true, targets: [q_proj]}
            training: {epochs: 1, batch: 4, proxyBatch: 4, accumulation: 1, learningRate: 0.001, warmup: 0,
                       weightDecay: 0, clip: 1, maxTokens: 64, lossOn: answer}
            methods: [standard]
            seeds: [0]
            decoding: {temperature: 0, topP: 1, maxTokens: 8, samples: 1, seed: 0}
            score:
              capability: {metric: accuracy, labels: [gcd]}
              alignment: {metric: rejects-wrong, labels: [kind]}
            """.formatted(NAMED);

    public static TestExperiment in(Path folder, String... settings) throws IOException {
        Files.createDirectories(folder.resolve("conf/experiments"));
        TestExperiment laid = new TestExperiment(folder);
        Files.writeString(laid.datasets(), DATASETS);
        Files.writeString(laid.file(), EXPERIMENT);
        return laid.rewritten(laid.file(), settings);
    }

    /** With more datasets or others of the same names, each {@code name={source: {...}}}. */
    public TestExperiment data(String... settings) throws IOException {
        return rewritten(datasets(), settings);
    }

    private TestExperiment rewritten(Path file, String... settings) throws IOException {
        Files.writeString(file, Yaml.tree(file, List.of(settings)).toString()); // JSON is YAML
        return this;
    }

    /** The experiment's file. */
    public Path file() {
        return folder.resolve("conf/experiments/toy.yaml");
    }

    private Path datasets() {
        return folder.resolve("conf/datasets.yaml");
    }

    /** A lake's folder. */
    public Path lake(String name) {
        return folder.resolve(name);
    }

    /** Its stages in a lake of the folder, which is made by what writes it. */
    public Stages stages(String lake, Engine engine, StringWriter told, String... settings) throws IOException {
        if (Yaml.tree(file(), List.of()).path("model").asText().equals(NAMED)) {
            Path config = lake(lake).resolve("models").resolve(NAMED).resolve("config.json");
            Files.createDirectories(config.getParent());
            if (!Files.exists(config)) {
                Files.writeString(config, "{}");
            }
        }
        return stages(Lake.open(LocalSpark.session(), lake(lake)), engine, told, settings);
    }

    public Stages stages(Lake lake, Engine engine, StringWriter told, String... settings) throws IOException {
        return Stages.open(lake, file(), List.of(settings), engine, new PrintWriter(told));
    }

    /** Does all stages in this very process, one after the other. */
    public static void all(Stages stages) throws IOException {
        stages.prepare(OnLeak.STOP);
        stages.train();
        stages.generate();
        stages.judge();
        stages.score();
        stages.report();
    }
}
