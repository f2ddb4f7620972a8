package org.selgen.lm;

import java.util.Arrays;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.tensor.DType;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.Tensors;

/** Attention masks. B batch, T new tokens, S tokens so far. */
final class Masks {
    private Masks() {}

    /**
     * No mask where plain causal attention is enough; else one for all layers, and a second one for layers whose
     * sliding window is shorter than the text.
     *
     * @param attended {@code [B, S]}; without elements if none is padding
     * @param seen S
     * @param past tokens before the new ones
     * @param none a tensor without elements, which means no mask
     */
    static Tensor[] of(DecoderConfig config, DType type, Tensor attended, long seen, long past, Tensor none) {
        boolean padded = attended.shape()[0] > 0;
        int window = window(config, seen);
        if (!padded && window == 0 && config.attnSoftcap() == null) {
            return new Tensor[] {none};
        }
        long[] ones = new long[Math.toIntExact(seen)];
        Arrays.fill(ones, 1);
        Tensor open = padded ? attended : Tensor.of(ones, 1, seen);
        DType maskType = type == DType.F64 ? DType.F64 : DType.F32;
        Tensor global = Tensors.mask(open, past, 0, maskType);
        return window > 0 ? new Tensor[] {global, Tensors.mask(open, past, window, maskType)} : new Tensor[] {global};
    }

    /** Width of the sliding window where there is one and it is shorter than the text; else 0. */
    private static int window(DecoderConfig config, long seen) {
        Integer window = config.slidingWindow();
        return window != null && seen > window ? window : 0;
    }
}
