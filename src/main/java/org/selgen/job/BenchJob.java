package org.selgen.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selgen.lm.Decoder;
import org.selgen.lm.DecoderConfigJson;
import org.selgen.lm.ModelFolder;
import org.selgen.tensor.DType;
import org.selgen.tensor.PeakFlops;
import org.selgen.tensor.Threads;
import org.selgen.train.Speed;
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
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Threads.use(threads);
        Path folder = Files.createTempDirectory("selgen-bench");
        try (Decoder random = ModelFolder.untrained(DecoderConfigJson.parse(shape(), "bench"), 1)) {
            ModelFolder.write(folder, shape(), random);
            try (Decoder lm = Decoder.open(folder, DType.F32)) {
                tell(out, new Speed(lm));
            }
        } finally {
            delete(folder);
        }
        return 0;
    }

    private void tell(PrintWriter out, Speed speed) {
        double roof = PeakFlops.flops();
        double seconds = speed.secondsOfAStep(steps);
        double rate = speed.operationsOfAStep() / seconds;
        roof = Math.max(roof, PeakFlops.flops());
        line(out, "threads               %d", threads);
        line(out, "matrix product        %.0f GFLOP/s (float32, 2048 x 2048)", roof / 1e9);
        line(
                out,
                "training step         %.1f ms (median of %d; %.1f GFLOP)",
                seconds * 1e3,
                steps,
                speed.operationsOfAStep() / 1e9);
        line(out, "training              %.0f tokens/s", speed.tokensOfAStep() / seconds);
        line(out, "training              %.0f GFLOP/s = %.0f %% of the matrix product", rate / 1e9, 100 * rate / roof);
        for (int batch : List.of(1, 16, 64)) {
            line(out, "generation, batch %-3d %.0f tokens/s", batch, speed.tokensPerSecond(batch, 64));
        }
        out.flush();
    }

    private static void line(PrintWriter out, String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }

    private static ObjectNode shape() {
        return new ObjectMapper()
                .createObjectNode()
                .put("model_type", "gemma")
                .put("vocab_size", 512)
                .put("hidden_size", 256)
                .put("num_hidden_layers", 4)
                .put("num_attention_heads", 4)
                .put("num_key_value_heads", 1)
                .put("head_dim", 64)
                .put("intermediate_size", 1024)
                .put("hidden_act", "gelu_pytorch_tanh")
                .put("hidden_activation", "gelu_pytorch_tanh")
                .put("max_position_embeddings", 128)
                .put("rms_norm_eps", 1e-6)
                .put("rope_theta", 10000.0);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
