package org.selgen.lm;

import java.util.LinkedHashMap;
import java.util.Map;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.lm.config.Family.Norms;
import org.selgen.lm.config.Family.QkNorm;

/** The names and shapes of a model's weights, as transformers saves them. Shapes are [out, in]. */
public final class DecoderWeights {
    static final String HEAD = "lm_head.weight";

    private final DecoderConfig config;
    private final Map<String, long[]> shapes = new LinkedHashMap<>();

    private DecoderWeights(DecoderConfig config) {
        this.config = config;
        put(embedding(config), config.vocab(), config.hidden());
        for (int layer = 0; layer < config.layers(); layer++) {
            addLayer(Projection.layer(config, layer));
        }
        put(finalNorm(config), config.hidden());
        if (!config.tied()) {
            put(HEAD, config.vocab(), config.hidden());
        }
    }

    /** Every weight the model is made of, in the order of computation, with its shape. */
    public static Map<String, long[]> shapes(DecoderConfig config) {
        return new DecoderWeights(config).shapes;
    }

    /** Elements of the matrices that each token goes through: with the output layer, without the embedding, a lookup. */
    public static double matrixElements(DecoderConfig config) {
        double all = shapes(config).values().stream()
                .filter(shape -> shape.length == 2)
                .mapToDouble(shape -> (double) shape[0] * shape[1])
                .sum();
        return all - (config.tied() ? 0 : (double) config.vocab() * config.hidden());
    }

    static String embedding(DecoderConfig config) {
        return embeddingModule(config) + ".weight";
    }

    static String embeddingModule(DecoderConfig config) {
        return config.module() + ".embed_tokens";
    }

    static String finalNorm(DecoderConfig config) {
        return config.module() + ".norm.weight";
    }

    private void addLayer(String layer) {
        Norms norms = config.norms();
        if (norms != Norms.AFTER) {
            put(layer + "input_layernorm.weight", config.hidden());
        }
        Projection.linears(config).stream()
                .filter(linear -> linear.path().startsWith("self_attn."))
                .forEach(linear -> addLinear(layer, linear));
        addQkNorms(layer + "self_attn.");
        put(layer + "post_attention_layernorm.weight", config.hidden());
        if (norms == Norms.AROUND) {
            put(layer + "pre_feedforward_layernorm.weight", config.hidden());
        }
        Projection.linears(config).stream()
                .filter(linear -> linear.path().startsWith("mlp."))
                .forEach(linear -> addLinear(layer, linear));
        if (norms != Norms.BEFORE) {
            put(layer + "post_feedforward_layernorm.weight", config.hidden());
        }
    }

    private void addQkNorms(String attention) {
        if (config.qkNorm() != QkNorm.NONE) {
            boolean one = config.qkNorm() == QkNorm.HEADS;
            put(attention + "q_norm.weight", (one ? 1L : config.heads()) * config.headDim());
            put(attention + "k_norm.weight", (one ? 1L : config.kvHeads()) * config.headDim());
        }
    }

    private void addLinear(String layer, Projection.Linear linear) {
        put(layer + linear.path() + ".weight", linear.out(), linear.in());
        boolean attention = linear.path().startsWith("self_attn.");
        boolean out = linear.path().endsWith(".o_proj");
        if (attention && (out ? config.outBias() : config.qkvBias())) {
            put(layer + linear.path() + ".bias", linear.out());
        }
    }

    private void put(String name, long... shape) {
        shapes.put(name, shape);
    }
}
