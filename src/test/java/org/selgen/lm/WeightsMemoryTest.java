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
import org.junit.jupiter.api.parallel.Isolated;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.lm.config.DecoderConfigJson;
import org.selgen.tensor.DType;
import org.selgen.tensor.SafetensorsFile;
import org.selgen.tensor.SafetensorsItem;

/** Memory of this process, apart from pages of files, when a model is opened whose embedding is nearly all of it. */
@Isolated // measures the process
class WeightsMemoryTest {
    private static final int VOCABULARY = 200_000;
    private static final int HIDDEN = 64;
    private static final long NUMBERS = (long) VOCABULARY * HIDDEN;
    private static final long SLACK = 16L << 20;

    @TempDir
    private Path folder;

    @Test
    void float32WeightsStayInTheirFile() throws IOException {
        assertThat(bytesToOpen("F32", 4)).isLessThan(SLACK);
    }

    @Test
    void narrowerWeightsTakeWhatTheyAreInFloat32() throws IOException {
        assertThat(bytesToOpen("BF16", 2)).isBetween(4 * NUMBERS - SLACK, 4 * NUMBERS + SLACK);
    }

    private long bytesToOpen(String dtype, int width) throws IOException {
        write(dtype, width);
        Decoder.open(Path.of("data-lake/models/tiny"), DType.F32).close(); // loads the engine
        long before = anonymous();
        try (Decoder lm = Decoder.open(folder, DType.F32)) {
            assertThat(lm.config().vocab()).isEqualTo(VOCABULARY);
            return anonymous() - before;
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

    /** Bytes of memory that is no file's. The second collection leaves the heap at the size that it keeps. */
    private static long anonymous() throws IOException {
        System.gc();
        System.gc();
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("RssAnon"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElseThrow();
    }
}
