package org.selgen.job;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.selgen.cluster.GpuDoctor;
import org.selgen.cluster.NvidiaSmi;
import org.selgen.stage.Doctor;
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
        new Doctor(spark.look("doctor"), version()).examine(model, this::say);
        return 0;
    }

    private String version() {
        String all = String.join(" ", Objects.requireNonNull(spec).root().version());
        return all.isEmpty() ? "(not packaged)" : all.replaceFirst("^selgen ", "");
    }

    private void say(String what, String how) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.printf("%-15s %s%n", what, how);
        out.flush();
    }
}
