package org.selgen.plan;

import java.util.Map;
import org.selgen.lm.AdapterFiles;
import org.selgen.lm.DecoderWeights;
import org.selgen.lm.LoraConfig;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.lm.config.Family;
import org.selgen.method.Artefact;
import org.selgen.method.Method;
import org.selgen.tensor.DType;
import org.selgen.tensor.Tensors;
import org.selgen.train.FlopCount;
import org.selgen.train.optimizer.Optimizer;

/**
 * Bytes that a model takes on its device, from its shape alone. D hidden, Q heads · head size, K key-value heads · head
 * size, F feed-forward, V vocabulary, L layers, R weights of the adapter, w bytes of a number.
 * <pre>
 *   weights                        w · all of them
 *   adapter                        4 · R · (1 + gradient + its sum + what the optimizer keeps (two moments of AdamW) + those below
 *                                  + gradients kept)
 *   a token that is trained        (L + 1) · w · (2 D + 5 Q, and D of a norm behind attention, Q + K of norms of queries and keys)
 *                                  and w · (2 D + 4 F, and D of a norm behind it) for what is behind attention: (L − 1) times, and
 *                                  twice where it is learnt, since the last layer is whole there alone
 *                                  in bfloat16 also 4 (L + 1) · (2 D + what goes into the adapted layers), which are in float32
 *                                  with dropout 8 (L + 1) times what goes into the adapted layers of one
 *   a token that is learnt         4 · D: the slope of its loss
 *   of some learnt tokens at once  4 · 3 V: logits, their log-probabilities, and the gradient
 *   a token of an answer's cache   w · 2 L K
 * </pre>
 * One layer more than there are is what the backward pass of a layer makes: of the last, or where few tokens are learnt of the one
 * before it, when the last is gone. With activation checkpointing a token keeps
 * {@code 3 w L D} instead (a layer's output, its gradient, and what the loss alone gives it), the numbers of two layers, and
 * {@code 6 w D} of the layer that is passed again. The last three get a fifth more, for what the allocator keeps.
 *
 * <p>A training holds the graph of a whole micro-batch: all its rows, those of the proxy too, each as long as the longest. On a
 * CPU it holds that of as many of its parts as there are idle cores, so this is the most.
 *
 * @param model the base model's shape
 * @param lora the adapter
 * @param type of the model's matrices
 * @param checkpointed whether a training step keeps of each layer its output alone
 */
record MemoryEstimate(DecoderConfig model, LoraConfig lora, DType type, boolean checkpointed) {
    private static final int FLOAT = 4;
    private static final int COPIES = 3; // of an adapter: itself, gradient, their sum
    private static final int HEADS = 3; // numbers for each of the vocabulary of a learnt token whose logits are there
    static final int GENERATED = 64; // answers at once

    /**
     * Rows of a micro-batch.
     *
     * @param tokens of all rows, as long as the longest
     * @param learnt of them
     */
    record MicroBatch(long tokens, long learnt) {}

    /** The parts. */
    record Bytes(long weights, long adapter, long work) {
        long all() {
            return weights + adapter + work;
        }
    }

    /** Of a training by a method. */
    Bytes training(Method method, Optimizer optimizer, MicroBatch batch) {
        long below = method.needs().stream().filter(Artefact::adapter).count();
        long adapters = COPIES + optimizer.kept().size() + below + method.remembers();
        return new Bytes(
                weights(),
                FLOAT * adapters * FlopCount.adapterWeights(model, lora),
                withSlack(activations(batch) + ofHead(batch.learnt())));
    }

    /** What the loss of so many tokens takes. */
    private long ofHead(long learnt) {
        long atOnce = Math.min(learnt, Tensors.logitRows(model.vocab()));
        return FLOAT * (learnt * model.hidden() + atOnce * HEADS * model.vocab());
    }

    /**
     * Of answering: keys and values of a batch, and its first pass.
     *
     * @param prompt tokens of the longest
     * @param most tokens of an answer
     */
    Bytes answering(int prompt, int most) {
        long cached = 2L * model.layers() * model.kvHeads() * model.headDim() * (prompt + most);
        long pass = prompt
                * (model.layers() * (long) model.hidden() + 2L * model.hidden() + 4 * queries() + 3L * model.ffn());
        return new Bytes(
                weights(),
                FLOAT * FlopCount.adapterWeights(model, lora),
                withSlack(GENERATED * (type.bytes() * (cached + pass) + (long) FLOAT * HEADS * model.vocab())));
    }

    /** A fifth more, for what the allocator keeps; see the class MemoryIT. */
    private static long withSlack(long bytes) {
        return bytes + bytes / 5;
    }

    /** Of the weights. */
    long weights() {
        return type.bytes()
                * DecoderWeights.shapes(model).values().stream()
                        .mapToLong(MemoryEstimate::product)
                        .sum();
    }

    private static long product(long[] shape) {
        long product = 1;
        for (long axis : shape) {
            product *= axis;
        }
        return product;
    }

    /** Kept for the backward pass of a micro-batch in all layers, and made by that of one. */
    long activations(MicroBatch batch) {
        long hidden = model.hidden();
        long norm = model.norms() == Family.Norms.BEFORE ? 0 : hidden;
        long attention = 2 * hidden + 5 * queries() + norm;
        if (model.qkNorm() != Family.QkNorm.NONE) {
            attention += queries() + (long) model.kvHeads() * model.headDim();
        }
        long behind = 2 * hidden + 4L * model.ffn() + norm;
        long wide = type == DType.BF16 ? FLOAT * (2 * hidden + adapted() / model.layers()) : 0;
        wide += lora.dropout() > 0 ? 2L * FLOAT * adapted() / model.layers() : 0; // the mask and what it leaves
        long layer = batch.tokens() * (type.bytes() * (attention + behind) + wide);
        if (checkpointed) {
            return 2 * layer + batch.tokens() * (3L * model.layers() + 6) * type.bytes() * hidden;
        }
        long last = batch.tokens() * (type.bytes() * attention + wide) + batch.learnt() * type.bytes() * behind;
        return (model.layers() - 1) * layer + Math.max(layer, 2 * last);
    }

    /** Numbers that go into the adapted linear layers for one token. */
    private long adapted() {
        Map<String, long[]> shapes = AdapterFiles.shapes(model, lora);
        return shapes.values().stream().mapToLong(shape -> shape[1]).sum();
    }

    private long queries() {
        return (long) model.heads() * model.headDim();
    }
}
