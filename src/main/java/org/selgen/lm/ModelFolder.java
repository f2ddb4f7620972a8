package org.selgen.lm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.lm.config.DecoderConfigJson;
import org.selgen.tensor.DType;
import org.selgen.tensor.SafetensorsFile;
import org.selgen.tensor.SafetensorsItem;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;

/** Initialises a small model and writes it as an ordinary Hugging Face folder. */
public final class ModelFolder {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ModelFolder() {}

    /**
     * An untrained decoder whose own weights are trained. Matrices are drawn from N(0, 0.49/in), those whose output is
     * added to the residual stream from N(0, 0.49/(2 L in)), the embedding from N(0, 1/D); norms begin at the identity.
     */
    public static Decoder untrained(DecoderConfig config, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        try (Scope scope = Scope.open()) {
            DecoderWeights.shapes(config)
                    .forEach(
                            (name, shape) -> weights.put(name, Tensor.of(initial(config, name, shape, random), shape)));
            return Decoder.trainable(config, weights);
        }
    }

    private static float[] initial(DecoderConfig config, String name, long[] shape, SplittableRandom random) {
        long elements = 1;
        for (long axis : shape) {
            elements *= axis;
        }
        float[] values = new float[Math.toIntExact(elements)];
        if (shape.length == 1) {
            Arrays.fill(values, config.normPlusOne() ? 0 : 1);
            return values;
        }
        boolean embedding = name.contains("embed_tokens");
        boolean writes = name.contains("o_proj") || name.contains("down_proj");
        double std = embedding ? 1 / Math.sqrt(config.hidden()) : 0.7 / Math.sqrt((double) shape[1]);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * (writes ? std / Math.sqrt(2.0 * config.layers()) : std));
        }
        return values;
    }

    /** Writes {@code config.json} and {@code model.safetensors}; the weights in float32. */
    public static void write(Path folder, ObjectNode config, Decoder lm) {
        try {
            Files.createDirectories(folder);
            JSON.writeValue(folder.resolve(DecoderConfigJson.FILE).toFile(), config);
        } catch (IOException e) {
            throw new UncheckedIOException("The model cannot be written to " + folder, e);
        }
        List<SafetensorsItem> items = lm.weights().entrySet().stream()
                .map(w -> new SafetensorsItem(
                        w.getKey(), "F32", w.getValue().shape(), w.getValue().bytes(DType.F32)))
                .toList();
        SafetensorsFile.write(folder.resolve("model.safetensors"), Map.of("format", "pt"), items);
    }
}
