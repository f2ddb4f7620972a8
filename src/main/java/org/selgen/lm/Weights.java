package org.selgen.lm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.tensor.DType;
import org.selgen.tensor.MappedTensor;
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
    private static final String LAYER = "model.layers.";

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

    /** Reads the folder's weights: exactly those of the model, each in its shape. */
    static Weights read(Path folder, DecoderConfig config, DType type) {
        SafetensorsFolder files = SafetensorsFolder.open(folder);
        DecoderWeights.check(config, files);
        Scope scope = Scope.detached();
        Map<String, Tensor> byName = new LinkedHashMap<>();
        DecoderWeights.shapes(config).keySet().forEach(name -> {
            try (Scope one = Scope.open()) { // so that a GPU never holds two copies of more than one weight
                Tensor mapped = MappedTensor.of(files.entries().get(name));
                byName.put(name, scope.keep(mapped.to(isNorm(name) && type == DType.BF16 ? DType.F32 : type)));
            }
        });
        return new Weights(config, scope, byName);
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

    Tensor embedding() {
        return byName.get("model.embed_tokens.weight");
    }

    Tensor head() {
        return config.tied() ? embedding() : byName.get("lm_head.weight");
    }

    Tensor finalNorm() {
        return norm("model.norm.weight");
    }

    Tensor none() {
        return none;
    }

    /** All layers' weights in the order of {@code kernels/decoder.py}. */
    Tensor[] layers() {
        List<Tensor> slots = new ArrayList<>();
        for (int l = 0; l < config.layers(); l++) {
            slots.addAll(layer(LAYER + l + "."));
        }
        return slots.toArray(Tensor[]::new);
    }

    private List<Tensor> layer(String at) {
        boolean four = config.postNorms();
        List<Tensor> slots = new ArrayList<>();
        slots.add(norm(at + "input_layernorm.weight"));
        for (String p : List.of("q", "k", "v", "o")) {
            slots.add(get(at + "self_attn." + p + "_proj.weight"));
        }
        slots.add(norm(at + (four ? "pre_feedforward_layernorm" : "post_attention_layernorm") + ".weight"));
        for (String p : List.of("gate", "up", "down")) {
            slots.add(get(at + "mlp." + p + "_proj.weight"));
        }
        for (String p : List.of("q", "k", "v", "o")) {
            slots.add(get(at + "self_attn." + p + "_proj.bias"));
        }
        slots.add(norm(at + "self_attn.q_norm.weight"));
        slots.add(norm(at + "self_attn.k_norm.weight"));
        slots.add(four ? norm(at + "post_attention_layernorm.weight") : none);
        slots.add(four ? norm(at + "post_feedforward_layernorm.weight") : none);
        return slots;
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
