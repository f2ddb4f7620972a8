package org.selgen.job;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.selgen.train.SpeedReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How fast this machine trains and answers. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measure training and generation on a random model (hidden 256, 4 layers, 4 heads, vocabulary 512), and set the"
                    + " training's rate of arithmetic beside that of a large matrix product on this machine, in one run."
        })
public final class BenchJob implements Callable<Integer> {
    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "2",
            description = "Native threads (default: ${DEFAULT-VALUE}).")
    private int threads = 2;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "30",
            description = "Training steps to time (default: ${DEFAULT-VALUE}).")
    private int steps = 30;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        new SpeedReport(out::println).run(threads, steps);
        out.flush();
        return 0;
    }
}
