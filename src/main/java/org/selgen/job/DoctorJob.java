package org.selgen.job;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.selgen.cluster.GpuDoctor;
import org.selgen.cluster.NvidiaSmi;
import org.selgen.data.Message;
import org.selgen.hub.ModelLocator;
import org.selgen.lake.Lake;
import org.selgen.lm.Adapter;
import org.selgen.lm.LanguageModel;
import org.selgen.lm.LoraConfig;
import org.selgen.lm.Sequence;
import org.selgen.method.Standard;
import org.selgen.tensor.DType;
import org.selgen.tensor.Threads;
import org.selgen.train.ProxyRow;
import org.selgen.train.TrainResult;
import org.selgen.train.Trainer;
import org.selgen.train.Training;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what this machine has, and tries it. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Show versions, device, threads and the lake's tables, and train one step as a test.")
public final class DoctorJob implements Callable<Integer> {
    @Mixin
    private SparkOptions place = new SparkOptions();

    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = "tiny",
            description = "The model to train one step of (default: ${DEFAULT-VALUE}).")
    private String model = "tiny";

    @Option(names = "--gpu", description = "Look only for a GPU, and train one bf16 step on it; 2 where there is none.")
    private boolean gpu;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (gpu) {
            new GpuDoctor(NvidiaSmi.HERE).examine(this::say);
            return 0;
        }
        Lake lake = place.look();
        say("java", Runtime.version() + ", " + Runtime.getRuntime().availableProcessors() + " processors");
        say(
                "spark",
                lake.spark().version() + " on " + lake.spark().sparkContext().master());
        say("engine", "PyTorch through DJL, device cpu, " + Threads.count() + " native thread(s) a task");
        say("lake", lake.root() + (Files.exists(lake.root()) ? "" : " (not there yet)"));
        lake.views().forEach((name, rows) -> say("  " + name, rows.count() + " rows"));
        say("training", step(ModelLocator.find(lake.root(), model)));
        return 0;
    }

    /** Trains one step on one row. */
    private static String step(Path folder) {
        LoraConfig lora = new LoraConfig(1, 1, false, LoraConfig.TARGETS);
        Training training = new Training(1, 1, 1, 1, 0.001f, 0, 0, 1, 1024, Training.LossOn.ANSWER);
        long begun = System.nanoTime();
        try (LanguageModel lm = LanguageModel.open(folder, DType.F32);
                Adapter adapter = Adapter.fresh(lora, lm.decoder().config(), 0)) {
            List<Sequence> rows = List.of(lm.encoder(1024).answered(List.of(Message.user("hello")), "hello"));
            TrainResult result = new Trainer("doctor", training, step -> {})
                    .fit(lm.decoder().with(adapter), new Standard(), rows, List.of(new ProxyRow(rows.get(0), null)), 0);
            return result.status() + ", loss " + result.loss() + ", " + (System.nanoTime() - begun) / 1_000_000 + " ms";
        }
    }

    private void say(String what, String how) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.printf("%-12s %s%n", what, how);
        out.flush();
    }
}
