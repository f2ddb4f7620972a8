package org.selgen.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.selgen.lm.Decoder;
import org.selgen.lm.ModelFolder;
import org.selgen.lm.config.DecoderConfigJson;
import org.selgen.tensor.DType;

/** A random model of about the size of the one that ships with selgen. */
public final class ToyShape {
    private ToyShape() {}

    /** Such a model, read from a folder as any other. */
    public static Decoder open() throws IOException {
        Path folder = Files.createTempDirectory("selgen-bench");
        try (Decoder random = ModelFolder.untrained(DecoderConfigJson.parse(shape(), "bench"), 1)) {
            ModelFolder.write(folder, shape(), random);
            return Decoder.open(folder, DType.F32);
        } finally {
            delete(folder);
        }
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
                .put("max_position_embeddings", 512)
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
