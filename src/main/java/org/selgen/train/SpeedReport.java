package org.selgen.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.selgen.lm.Decoder;
import org.selgen.lm.ModelFolder;
import org.selgen.lm.config.DecoderConfigJson;
import org.selgen.tensor.DType;
import org.selgen.tensor.PeakFlops;
import org.selgen.tensor.Threads;

/**
 * Speed of training and generation of a random model on this machine, compared with a large matrix product in the same
 * run.
 */
public final class SpeedReport {
    private static final int LENGTH = 64; // tokens of an answer

    private final Consumer<String> out;

    /** @param out gets each line as soon as it is measured */
    public SpeedReport(Consumer<String> out) {
        this.out = out;
    }

    /**
     * Measures.
     *
     * @param threads native threads
     * @param steps training steps to time
     */
    public void run(int threads, int steps) throws IOException {
        Threads.use(threads);
        Path folder = Files.createTempDirectory("selgen-bench");
        try (Decoder random = ModelFolder.untrained(DecoderConfigJson.parse(shape(), "bench"), 1)) {
            ModelFolder.write(folder, shape(), random);
            try (Decoder lm = Decoder.open(folder, DType.F32)) {
                measure(new Speed(lm), threads, steps);
            }
        } finally {
            delete(folder);
        }
    }

    private void measure(Speed speed, int threads, int steps) {
        double peak = PeakFlops.flops();
        double seconds = speed.secondsOfAStep(steps);
        double rate = speed.operationsOfAStep() / seconds;
        peak = Math.max(peak, PeakFlops.flops());
        line("threads               %d", threads);
        line("matrix product        %.0f GFLOP/s (float32, 2048 x 2048)", peak / 1e9);
        line(
                "training step         %.1f ms (median of %d; %.1f GFLOP)",
                seconds * 1e3, steps, speed.operationsOfAStep() / 1e9);
        line("training              %.0f tokens/s", speed.tokensOfAStep() / seconds);
        line("training              %.0f GFLOP/s = %.0f %% of the matrix product", rate / 1e9, 100 * rate / peak);
        for (int batch : List.of(1, 16, 64)) {
            line("generation, batch %-3d %.0f tokens/s", batch, speed.tokensPerSecond(batch, LENGTH));
        }
    }

    private void line(String format, Object... values) {
        out.accept(String.format(Locale.ROOT, format, values));
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
