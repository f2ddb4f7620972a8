package org.selgen.tensor;

import java.util.Arrays;

/**
 * What the layers of a model have in common.
 *
 * @param ints heads, key-value heads, head size, activation (0 tanh-GELU, 1 GELU, 2 SiLU), whether a norm rounds
 *     before it multiplies by its weight (0 or 1)
 * @param floats norm epsilon, query scale, soft cap of the attention scores (0: none)
 * @param masks for each layer, which of the masks it uses
 * @param ropes for each layer, which pair of cosine and sine it uses
 * @param drops {@link Dropout#threshold}, the number of the first layer, and which of a layer's masks each projection has; empty
 *     where nothing is dropped
 */
public record LayerShape(long[] ints, double[] floats, long[] masks, long[] ropes, long[] drops) {
    /** Of some of the layers. */
    public LayerShape of(int from, int to) {
        long[] own = drops.clone();
        if (own.length > 0) {
            own[1] += from;
        }
        return new LayerShape(
                ints, floats, Arrays.copyOfRange(masks, from, to), Arrays.copyOfRange(ropes, from, to), own);
    }
}
