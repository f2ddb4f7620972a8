package org.selgen.lm;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.selgen.data.BadInput;
import org.selgen.file.WholeFile;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.lm.config.DecoderConfigJson;
import org.selgen.tensor.DType;
import org.selgen.tensor.MappedTensor;
import org.selgen.tensor.SafetensorsEntry;
import org.selgen.tensor.SafetensorsFolder;
import org.selgen.tensor.SafetensorsSource;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;

/**
 * The tensors of a base model's folder, with an adapter merged into those that it adapts.
 * <pre>  W' = round(W + s · B A),   all of it in float32, rounded once to the type that W has in its file </pre>
 * All other tensors are the folder's own, byte for byte, under the names that they have there.
 *
 * @param all every tensor of the folder's files
 * @param adapted what is added, by name of the tensor
 */
record MergedWeights(List<SafetensorsEntry> all, Map<String, AdapterFiles.Module> adapted) {
    private static final long PIECE = 1 << 24; // elements computed at once: 64 MiB in float32

    /**
     * Of two folders; no tensor is read yet.
     *
     * @throws BadInput if the adapter does not fit the model, or one of the folders cannot be read
     */
    static MergedWeights of(Path base, Path adapter) {
        DecoderConfig config = DecoderConfigJson.read(base);
        SafetensorsFolder folder = SafetensorsFolder.open(base);
        WeightFiles weights = WeightFiles.find(config, folder);
        Map<String, AdapterFiles.Module> adapted = new LinkedHashMap<>();
        AdapterFiles.read(adapter, weights.config())
                .modules()
                .forEach((module, lora) ->
                        adapted.put(weights.entries().get(module + ".weight").name(), lora));
        return new MergedWeights(List.copyOf(folder.entries().values()), adapted);
    }

    /** The tensors to write, in the order of the folder's files. */
    List<SafetensorsSource> sources() {
        return all.stream()
                .map(entry ->
                        adapted.containsKey(entry.name()) ? merged(entry, adapted.get(entry.name())) : entry.copy())
                .toList();
    }

    private static SafetensorsSource merged(SafetensorsEntry weight, AdapterFiles.Module lora) {
        long rows = weight.shape()[0];
        long step = Math.max(1, PIECE / weight.shape()[1]);
        WholeFile.Content content = sink -> {
            for (long from = 0; from < rows; from += step) {
                try (Scope piece = Scope.open()) {
                    long to = Math.min(rows, from + step);
                    sink.put(merged(weight, lora, from, to).bytes(DType.valueOf(weight.dtype())));
                }
            }
        };
        return new SafetensorsSource(weight.name(), weight.dtype(), weight.shape(), content);
    }

    /** Some rows of W', rounded. */
    private static Tensor merged(SafetensorsEntry weight, AdapterFiles.Module lora, long from, long to) {
        Tensor a = MappedTensor.of(lora.a()).to(DType.F32); // [r, in]
        Tensor b = MappedTensor.of(lora.b()).rows(from, to).to(DType.F32); // [to − from, r]
        Tensor w = MappedTensor.of(weight).rows(from, to).to(DType.F32); // [to − from, in]
        Tensor sum = w.plus(b.matmul(a).times(lora.scale())).to(DType.valueOf(weight.dtype()));
        if (!sum.isFinite()) {
            throw new BadInput(weight + " with the adapter merged into it holds NaN or numbers too great for "
                    + weight.dtype() + "; choose another run");
        }
        return sum;
    }
}
