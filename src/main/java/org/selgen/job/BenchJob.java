package org.selgen.job;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.selgen.bench.BatchShape;
import org.selgen.bench.Benchmark;
import org.selgen.bench.MeasuredFormat;
import org.selgen.bench.ToyShape;
import org.selgen.experiment.conf.Yaml;
import org.selgen.file.ProjectFolder;
import org.selgen.lm.Decoder;
import org.selgen.method.Method;
import org.selgen.tensor.DType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How fast this machine trains and answers. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measure training and generation beside a matrix product and a copy of memory, in one run.")
public final class BenchJob implements Callable<Integer> {
    @Option(names = "--model", paramLabel = "DIR", description = "A folder (default: a random model of width 256).")
    private @Nullable Path model;

    @Option(names = "--threads", paramLabel = "N", description = "Cores to use (default: all).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--steps", paramLabel = "N", description = "Training steps to time (default: ${DEFAULT-VALUE}).")
    private int steps = 30;

    @Option(names = "--shape", paramLabel = "ROWSxTOKENS", description = "Of a step (default: ${DEFAULT-VALUE}).")
    private String shape = "16x64";

    @Option(names = "--only", paramLabel = "PART", split = ",", description = "Some of ${DEFAULT-VALUE}.")
    private Set<String> only = Set.copyOf(Benchmark.PARTS);

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private MeasuredFormat format = MeasuredFormat.TABLE;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        var methods = Yaml.readMap(ProjectFolder.of("conf/bench-methods.yaml"), Method.class);
        var options = new Benchmark.Options(threads, steps, BatchShape.parse(shape), only, methods);
        try (Decoder lm = model == null ? ToyShape.open() : Decoder.open(model, DType.F32)) {
            format.end(new Benchmark(options, one -> format.line(one, out)).run(lm), out);
        }
        return 0;
    }
}
