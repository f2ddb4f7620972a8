package org.selgen.stage;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.selgen.TestExperiment;
import org.selgen.data.Run;
import org.selgen.data.TaskTime;
import org.selgen.file.Fingerprint;
import org.selgen.job.Submitted;
import org.selgen.lake.Lake;
import org.selgen.lake.LocalSpark;
import org.selgen.lake.Storage;

/** The quickstart with the shipped model, shrunken so that a test can do it whole several times. */
public record SmallQuickstart(TestExperiment experiment) {
    /** Three young JVMs on two cores: a run takes 43 s in place of 63 s where each method is compiled once and not twice. */
    public static final List<String> COMPILED_ONCE = List.of(
            "--conf", "spark.driver.extraJavaOptions=-XX:TieredStopAtLevel=1",
            "--conf", "spark.executor.extraJavaOptions=-XX:TieredStopAtLevel=1");

    public static SmallQuickstart in(Path folder) throws IOException {
        return in(folder, TestExperiment.TINY);
    }

    /**
     * With another model than the shipped one.
     *
     * @param model the setting that names it
     * @param more settings
     */
    public static SmallQuickstart in(Path folder, String model, String... more) throws IOException {
        List<String> settings = new ArrayList<>(List.of(
                model,
                "lora={r: 8, alpha: 16, rslora: true, targets: [q_proj, v_proj, down_proj]}",
                "training={epochs: 2, batch: 8, proxyBatch: 4, accumulation: 1, learningRate: 0.002, warmup: 4,"
                        + " weightDecay: 0.01, clip: 1, maxTokens: 128, lossOn: answer}",
                "methods=[standard, {kl-penalty: {beta: 1}},"
                        + " {safe-lora: {layers: 3, projector: orthogonal, plane: proxy-adapter}}]",
                "decoding.maxTokens=64",
                "judges=[maths, confirmation]",
                "checkpoint={steps: 4, minutes: 5}"));
        settings.addAll(List.of(more));
        return new SmallQuickstart(TestExperiment.in(folder, settings.toArray(String[]::new))
                .data(
                        "task={toy-gcd: {rows: 160, ask: 0.4, plain: 0.0, seed: 1}}",
                        "proxy.toy-capital.rows=40",
                        "test.toy-questions.groups=10"));
    }

    /** A lake's place: in the folder, or the URI that the name is. */
    public String lake(String name) {
        return name.contains(":") ? name : experiment.lake(name).toString();
    }

    private Stages bench(String lake) throws IOException {
        Lake made = Lake.create(LocalSpark::session, Storage.of(lake(lake)));
        return experiment.stages(made, new LocalEngine(), new StringWriter());
    }

    /** Where executors find the model of such a lake. */
    public String model(String lake) throws IOException {
        return bench(lake).context().sharedModel();
    }

    /** Does it whole in this very process, and gives what it left. */
    public LakeContents here(String lake) throws IOException {
        Stages bench = bench(lake);
        TestExperiment.all(bench);
        return left(lake);
    }

    public Submitted on(String master, String lake, String... more) throws IOException {
        return on(Map.of(), master, lake, more);
    }

    public Submitted on(Map<String, String> environment, String master, String lake, String... more)
            throws IOException {
        return Submitted.command(environment, words(master, lake, more));
    }

    /**
     * Its {@code run} in a network namespace.
     *
     * @param hub the namespace, that of the master
     */
    public Submitted inside(String hub, String master, String lake, String... more) throws IOException {
        return Submitted.command(List.of("ip", "netns", "exec", hub), Map.of(), words(master, lake, more));
    }

    private String[] words(String master, String lake, String... more) {
        List<String> words =
                new ArrayList<>(List.of("run", experiment.file().toString(), "--master", master, "--lake", lake(lake)));
        words.addAll(COMPILED_ONCE);
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    /**
     * What must be the same wherever and however often it was done.
     *
     * @param tables rows as text, sorted; of the runs all but the time they took and the machine
     * @param adapters fingerprint of each adapter's tensors
     */
    public record LakeContents(Map<String, List<String>> tables, Map<String, String> adapters) {}

    public LakeContents left(String name) throws IOException {
        Lake lake = opened(name);
        Map<String, List<String>> tables = new LinkedHashMap<>();
        tables.put("runs", SmallExperiment.sorted(lake.runs().read().stream().map(SmallExperiment::timeless)));
        tables.put("steps", SmallExperiment.sorted(lake.steps().read().stream()));
        tables.put("generations", SmallExperiment.sorted(lake.generations().read().stream()));
        tables.put("judgements", SmallExperiment.sorted(lake.judgements().read().stream()));
        tables.put("scores", SmallExperiment.sorted(lake.scores().read().stream()));
        Map<String, String> adapters = new LinkedHashMap<>();
        for (String run : lake.adapters().names()) {
            adapters.put(run, tensors(lake.adapters().at(run)));
        }
        return new LakeContents(tables, adapters);
    }

    private static String tensors(Storage adapter) throws IOException {
        return Fingerprint.of(Files.readAllBytes(adapter.localCopy("").resolve("adapter_model.safetensors")));
    }

    public List<Run> runs(String name) throws IOException {
        return opened(name).runs().read();
    }

    /** Whether a training has been saved and not ended. */
    public boolean checkpointed(String name) {
        try {
            return !opened(name).checkpoints().names().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<TaskTime> tasks(String name) throws IOException {
        return opened(name).tasks().read();
    }

    private Lake opened(String name) throws IOException {
        return Lake.open(LocalSpark::session, Storage.of(lake(name)));
    }
}
