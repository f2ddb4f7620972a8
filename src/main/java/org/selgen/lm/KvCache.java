package org.selgen.lm;

import org.selgen.lm.config.DecoderConfig;
import org.selgen.tensor.DType;
import org.selgen.tensor.Tensor;

/** Keys and values of the tokens so far, {@code [B, key-value heads, capacity, head size]} for each layer. */
final class KvCache {
    private final Tensor[] tensors; // key and value of each layer
    private long past;

    private KvCache(Tensor[] tensors) {
        this.tensors = tensors;
    }

    static KvCache none() {
        return new KvCache(new Tensor[0]);
    }

    static KvCache of(DecoderConfig config, int rows, int capacity, DType type) {
        Tensor[] tensors = new Tensor[2 * config.layers()];
        for (int i = 0; i < tensors.length; i++) {
            tensors[i] = Tensor.zeros(type, rows, config.kvHeads(), capacity, config.headDim());
        }
        return new KvCache(tensors);
    }

    Tensor[] tensors() {
        return tensors;
    }

    long past() {
        return past;
    }

    void advance(long tokens) {
        past += tokens;
    }
}
