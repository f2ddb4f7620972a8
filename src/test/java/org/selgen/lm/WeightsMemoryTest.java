package org.selgen.lm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.lm.config.DecoderConfigJson;
import org.selgen.tensor.DType;
import org.selgen.tensor.SafetensorsFile;
import org.selgen.tensor.SafetensorsItem;

/** Memory of a process of its own, apart from pages of files, when a model is opened whose embedding is nearly all of it. */
class WeightsMemoryTest {
    private static final int VOCABULARY = 200_000;
    private static final int HIDDEN = 64;
    private static final long NUMBERS = (long) VOCABULARY * HIDDEN;
    private static final long SLACK = 16L << 20;

    @TempDir
    private Path folder;

    @Test
    void float32WeightsStayInTheirFile() throws IOException, InterruptedException {
        assertThat(bytesToOpen("F32", 4)).isLessThan(SLACK);
    }

    @Test
    void narrowerWeightsTakeWhatTheyAreInFloat32() throws IOException, InterruptedException {
        assertThat(bytesToOpen("BF16", 2)).isBetween(4 * NUMBERS - SLACK, 4 * NUMBERS + SLACK);
    }

    /** Tests beside this one take and give back memory too. */
    private long bytesToOpen(String dtype, int width) throws IOException, InterruptedException {
        write(dtype, width);
        Path said = folder.resolve("bytes");
        Process child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx256m",
                        "-Xms256m", // a heap that is all there from the beginning
                        "-XX:+AlwaysPreTouch",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WeightsMemoryTest.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(said.toFile())
                .start();
        assertThat(child.waitFor()).as("exit code").isZero();
        return Long.parseLong(Files.readString(said).strip());
    }

    /** Prints how many bytes it takes to open the model of a folder. */
    public static void main(String[] folder) throws IOException {
        Decoder.open(Path.of("data-lake/models/tiny"), DType.F32).close(); // loads the engine
        long before = anonymous();
        try (Decoder lm = Decoder.open(Path.of(folder[0]), DType.F32)) {
            long bytes = anonymous() - before;
            System.out.println(lm.config().vocab() == VOCABULARY ? bytes : "another model");
        }
    }

    private void write(String dtype, int width) throws IOException {
        var json = new ObjectMapper()
                .createObjectNode()
                .put("model_type", "llama")
                .put("vocab_size", VOCABULARY)
                .put("hidden_size", HIDDEN)
                .put("intermediate_size", 8)
                .put("num_hidden_layers", 1)
                .put("num_attention_heads", 1)
                .put("tie_word_embeddings", true);
        Files.writeString(folder.resolve("config.json"), json.toString());
        DecoderConfig config = DecoderConfigJson.parse(json, "config.json");
        List<SafetensorsItem> items = DecoderWeights.shapes(config).entrySet().stream()
                .map(weight ->
                        new SafetensorsItem(weight.getKey(), dtype, weight.getValue(), zeros(weight.getValue(), width)))
                .toList();
        SafetensorsFile.write(folder.resolve("model.safetensors"), Map.of(), items);
    }

    private static ByteBuffer zeros(long[] shape, int width) {
        long numbers = 1;
        for (long axis : shape) {
            numbers *= axis;
        }
        return ByteBuffer.allocate(Math.toIntExact(numbers * width)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Bytes of memory that is no file's. The heap does not change it. */
    private static long anonymous() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("RssAnon"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElseThrow();
    }
}
