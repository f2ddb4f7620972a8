package org.selgen.lm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.selgen.data.BadInput;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.lm.config.Family.Norms;
import org.selgen.tensor.DType;
import org.selgen.tensor.MappedTensor;
import org.selgen.tensor.SafetensorsEntry;
import org.selgen.tensor.SafetensorsFolder;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.Tensors;

/**
 * A decoder's weights, by their names in the safetensors file and in the order in which the kernels take them.
 *
 * <p>Matrices have the type to compute in; norms are at least float32, since they are small and their precision
 * matters.
 */
final class Weights implements AutoCloseable {
    private final DecoderConfig config;
    private final Scope scope;
    private final Map<String, Tensor> byName;
    private final Tensor none;

    private Weights(DecoderConfig config, Scope scope, Map<String, Tensor> byName) {
        this.config = config;
        this.scope = scope;
        this.byName = byName;
        try (Scope temporary = Scope.open()) {
            this.none = scope.keep(Tensor.none());
        }
    }

    /**
     * Reads the folder's weights: exactly those of the model, each in its shape.
     *
     * @throws BadInput if a weight is missing, unknown, of another shape, or holds NaN or infinite numbers
     */
    static Weights read(Path folder, DecoderConfig config, DType type) {
        WeightFiles files = WeightFiles.find(config, SafetensorsFolder.open(folder));
        Scope scope = Scope.detached();
        Map<String, Tensor> byName = new LinkedHashMap<>();
        files.entries().forEach((name, entry) -> {
            try (Scope one = Scope.open()) { // so that there are never two copies of more than one weight
                Tensor mapped = finite(entry);
                byName.put(name, scope.keep(mapped.to(isNorm(name) && type == DType.BF16 ? DType.F32 : type)));
            }
        });
        return new Weights(files.config(), scope, byName);
    }

    /**
     * A weight of a file, mapped.
     *
     * @throws BadInput if it holds NaN or infinite numbers
     */
    static Tensor finite(SafetensorsEntry entry) {
        Tensor mapped = MappedTensor.of(entry);
        if (!mapped.isFinite()) {
            throw new BadInput(
                    entry + " holds NaN or infinite numbers, with which nothing can be computed; download the"
                            + " folder again, or choose another model");
        }
        return mapped;
    }

    /** Weights that can be trained themselves, as pre-training needs. */
    static Weights trainable(DecoderConfig config, Map<String, Tensor> initial) {
        Scope scope = Scope.detached();
        Map<String, Tensor> byName = new LinkedHashMap<>();
        try (Scope temporary = Scope.open()) {
            initial.forEach((name, tensor) -> byName.put(name, scope.keep(tensor.leaf())));
        }
        return new Weights(config, scope, byName);
    }

    private static boolean isNorm(String name) {
        return name.endsWith("norm.weight");
    }

    Map<String, Tensor> byName() {
        return byName;
    }

    DecoderConfig config() {
        return config;
    }

    Tensor embedding() {
        return get(DecoderWeights.embedding(config));
    }

    Tensor head() {
        return config.tied() ? embedding() : get(DecoderWeights.HEAD);
    }

    Tensor finalNorm() {
        return norm(DecoderWeights.finalNorm(config));
    }

    Tensor none() {
        return none;
    }

    /** All layers' weights in the order of {@code kernels/decoder.py}. */
    Tensor[] layers() {
        List<Tensor> slots = new ArrayList<>();
        for (int l = 0; l < config.layers(); l++) {
            addLayer(slots, l);
        }
        return slots.toArray(Tensor[]::new);
    }

    private void addLayer(List<Tensor> slots, int layer) {
        String at = Projection.layer(config, layer);
        slots.add(norm(at + "input_layernorm.weight"));
        List<Projection> all = List.of(Projection.values());
        List<Projection> attention = all.subList(0, 4);
        attention.forEach(p -> slots.add(part(p, layer, ".weight")));
        slots.add(
                switch (config.norms()) {
                    case BEFORE -> norm(at + "post_attention_layernorm.weight");
                    case AROUND -> norm(at + "pre_feedforward_layernorm.weight");
                    case AFTER -> none;
                });
        all.subList(4, 7).forEach(p -> slots.add(part(p, layer, ".weight")));
        attention.forEach(p -> slots.add(part(p, layer, ".bias")));
        slots.add(norm(at + "self_attn.q_norm.weight"));
        slots.add(norm(at + "self_attn.k_norm.weight"));
        slots.add(config.norms() == Norms.BEFORE ? none : norm(at + "post_attention_layernorm.weight"));
        slots.add(norm(at + "post_feedforward_layernorm.weight"));
    }

    /** The weight or bias of a projection: a view of some rows where the linear layer gives several. */
    private Tensor part(Projection projection, int layer, String kind) {
        Projection.Place place = projection.in(config, layer);
        Tensor whole = get(place.module() + kind);
        return config.fused() && whole != none ? whole.rows(place.from(), place.to()) : whole;
    }

    private Tensor get(String name) {
        return byName.getOrDefault(name, none);
    }

    /** The factor of a norm; Gemma stores the factor minus one. */
    private Tensor norm(String name) {
        Tensor weight = byName.get(name);
        if (weight == null) {
            return none;
        }
        return config.normPlusOne() ? Tensors.plusOne(weight) : weight;
    }

    /** Moves a tensor to the scope of the weights. */
    Tensor keep(Tensor tensor) {
        return scope.keep(tensor);
    }

    @Override
    public void close() {
        scope.close();
    }
}
