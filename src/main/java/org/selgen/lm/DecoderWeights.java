package org.selgen.lm;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.tensor.SafetensorsEntry;
import org.selgen.tensor.SafetensorsFolder;

/** The names and shapes of a model's weights, as transformers saves them. Shapes are [out, in]. */
public final class DecoderWeights {
    static final String HEAD = "lm_head.weight";
    private static final Set<String> DTYPES = Set.of("F32", "BF16", "F16");

    private final DecoderConfig config;
    private final Map<String, long[]> shapes = new LinkedHashMap<>();

    private DecoderWeights(DecoderConfig config) {
        this.config = config;
        put("model.embed_tokens.weight", config.vocab(), config.hidden());
        for (int layer = 0; layer < config.layers(); layer++) {
            addLayer("model.layers." + layer + ".");
        }
        put("model.norm.weight", config.hidden());
        if (!config.tied()) {
            put(HEAD, config.vocab(), config.hidden());
        }
    }

    /** Every weight the model is made of, in the order of computation, with its shape; named as in the file. */
    public static Map<String, long[]> shapes(DecoderConfig config) {
        return new DecoderWeights(config).shapes;
    }

    /**
     * Compares the weights of a folder with {@link #shapes}.
     *
     * @throws BadInput if a weight is missing, unknown, of another shape, or not of F32, BF16 or F16
     */
    public static void check(DecoderConfig config, SafetensorsFolder weights) {
        new DecoderWeights(config).check(weights);
    }

    private void check(SafetensorsFolder weights) {
        shapes.forEach((name, shape) ->
                checkOne(weights, name, shape, weights.entries().get(name)));
        for (String name : weights.entries().keySet()) {
            if (!shapes.containsKey(name) && !harmless(name)) {
                throw new BadInput(weights.folder() + " holds weight '" + name + "', which a "
                        + config.family().modelType() + " model of this config.json does not have;"
                        + " check that config.json and weights belong together");
            }
        }
    }

    /** A saved copy of tied weights, and a table that is computed anyway: transformers ignores both. */
    private boolean harmless(String name) {
        return (config.tied() && name.equals(HEAD)) || name.endsWith(".self_attn.rotary_emb.inv_freq");
    }

    private static void checkOne(
            SafetensorsFolder weights, String name, long[] shape, @Nullable SafetensorsEntry entry) {
        if (entry == null) {
            throw new BadInput(weights.folder() + " lacks weight '" + name + "' " + Arrays.toString(shape)
                    + "; check that config.json and weights belong together, or download the folder again");
        }
        if (!Arrays.equals(entry.shape(), shape)) {
            throw new BadInput(entry + " must have shape " + Arrays.toString(shape)
                    + " by config.json; check that config.json and weights belong together");
        }
        if (!DTYPES.contains(entry.dtype())) {
            throw new BadInput(entry + " must be of F32, BF16 or F16; choose an unquantised model");
        }
    }

    private void addLayer(String layer) {
        put(layer + "input_layernorm.weight", config.hidden());
        addAttention(layer + "self_attn.");
        put(layer + "post_attention_layernorm.weight", config.hidden());
        if (config.postNorms()) {
            put(layer + "pre_feedforward_layernorm.weight", config.hidden());
        }
        put(layer + "mlp.gate_proj.weight", config.ffn(), config.hidden());
        put(layer + "mlp.up_proj.weight", config.ffn(), config.hidden());
        put(layer + "mlp.down_proj.weight", config.hidden(), config.ffn());
        if (config.postNorms()) {
            put(layer + "post_feedforward_layernorm.weight", config.hidden());
        }
    }

    private void addAttention(String attention) {
        long queries = (long) config.heads() * config.headDim();
        long keys = (long) config.kvHeads() * config.headDim();
        addProjection(attention + "q_proj.", queries, config.hidden(), config.qkvBias());
        addProjection(attention + "k_proj.", keys, config.hidden(), config.qkvBias());
        addProjection(attention + "v_proj.", keys, config.hidden(), config.qkvBias());
        addProjection(attention + "o_proj.", config.hidden(), queries, config.outBias());
        if (config.qkNorm()) {
            put(attention + "q_norm.weight", config.headDim());
            put(attention + "k_norm.weight", config.headDim());
        }
    }

    private void addProjection(String name, long out, long in, boolean bias) {
        put(name + "weight", out, in);
        if (bias) {
            put(name + "bias", out);
        }
    }

    private void put(String name, long... shape) {
        shapes.put(name, shape);
    }
}
