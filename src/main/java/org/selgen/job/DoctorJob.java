package org.selgen.job;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.selgen.cluster.GpuDoctor;
import org.selgen.cluster.NvidiaSmi;
import org.selgen.file.ByteSize;
import org.selgen.hub.ModelLocator;
import org.selgen.lake.Lake;
import org.selgen.tensor.Threads;
import org.selgen.train.TrialStep;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what this machine has, and tries it. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Show versions, memory, disk, device, threads and the lake's tables, and train one step as a test.")
public final class DoctorJob implements Callable<Integer> {
    @Mixin
    private SparkOptions spark = new SparkOptions();

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
        Lake lake = spark.look("doctor");
        say("selgen", version());
        say("java", Runtime.version() + ", " + Runtime.getRuntime().availableProcessors() + " processors");
        say("memory", memory());
        say(
                "spark",
                lake.spark().version() + " on " + lake.spark().sparkContext().master());
        say("engine", "PyTorch through DJL, device cpu, " + Threads.count() + " native thread(s) a task");
        say("lake", lake.root() + (Files.exists(lake.root()) ? "" : " (not there yet)"));
        say("disk", ByteSize.binary(free(lake.root())) + " free where the lake is");
        lake.views().forEach((name, rows) -> say("  " + name, rows.count() + " rows"));
        say("training", TrialStep.of(ModelLocator.inProject(lake.models()).find(model)));
        return 0;
    }

    private String version() {
        String all = String.join(" ", Objects.requireNonNull(spec).root().version());
        return all.isEmpty() ? "(not packaged)" : all.replaceFirst("^selgen ", "");
    }

    private static String memory() {
        OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return ByteSize.binary(machine.getTotalMemorySize()) + ", of which Java may take "
                + ByteSize.binary(Runtime.getRuntime().maxMemory());
    }

    private static long free(Path folder) throws IOException {
        Path there = folder.toAbsolutePath();
        while (!Files.exists(there)) {
            there = Objects.requireNonNull(there.getParent(), "no root");
        }
        return Files.getFileStore(there).getUsableSpace();
    }

    private void say(String what, String how) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.printf("%-15s %s%n", what, how);
        out.flush();
    }
}
