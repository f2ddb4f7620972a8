package org.selgen.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.selgen.bench.BatchShape;
import org.selgen.bench.Benchmark;
import org.selgen.bench.Measured;
import org.selgen.bench.ToyShape;
import org.selgen.lm.Decoder;
import org.selgen.tensor.DType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How fast this machine trains and answers. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measure training and generation, and set them beside a large matrix product and a copy of memory on this machine,"
                    + " in one run. The model is a random one (hidden 256, 4 layers, 4 heads, vocabulary 512), or that of a folder."
        })
public final class BenchJob implements Callable<Integer> {
    /** How the numbers are written. */
    enum Format {
        TABLE,
        JSON
    }

    @Option(names = "--model", paramLabel = "DIR", description = "A model in a folder as the Hub gives it.")
    private @Nullable Path model;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "2",
            description = "Native threads (${DEFAULT-VALUE}).")
    private int threads = 2;

    @Option(names = "--steps", paramLabel = "N", defaultValue = "30", description = "Steps to time (${DEFAULT-VALUE}).")
    private int steps = 30;

    @Option(
            names = "--shape",
            paramLabel = "ROWSxTOKENS",
            defaultValue = "16x64",
            description = "Of a training step (${DEFAULT-VALUE}).")
    private String shape = "16x64";

    @Option(names = "--only", paramLabel = "PART", split = ",", description = "Some of train, kl, generate.")
    private @Nullable Set<String> only;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "table", description = "table or json.")
    private Format format = Format.TABLE;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Set<String> parts = only == null ? Set.copyOf(Benchmark.PARTS) : only;
        Benchmark benchmark = new Benchmark(
                new Benchmark.Options(threads, steps, BatchShape.parse(shape), parts), one -> line(one, out));
        try (Decoder lm = model == null ? ToyShape.open() : Decoder.open(model, DType.F32)) {
            List<Measured> all = benchmark.run(lm);
            if (format == Format.JSON) {
                out.println(json(all));
            }
        }
        out.flush();
        return 0;
    }

    private void line(Measured one, PrintWriter out) {
        if (format == Format.TABLE) {
            out.printf(Locale.ROOT, "%-30s %14.2f  %s%n", one.name(), one.value(), one.meaning());
            out.flush();
        }
    }

    /** A number of a batch is in an object of its name, by batch. */
    private static String json(List<Measured> all) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        for (Measured one : all) {
            String[] path = one.name().split("\\.", 2);
            if (path.length == 1) {
                root.put(path[0], one.value());
            } else {
                root.withObject("/" + path[0]).put(path[1], one.value());
            }
        }
        return root.toPrettyString();
    }
}
