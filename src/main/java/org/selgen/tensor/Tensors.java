package org.selgen.tensor;

import java.util.List;

/**
 * The kernels that make up a decoder. B rows, T new tokens, S all tokens so far (T and those in the cache), D hidden,
 * V vocabulary, N positions.
 */
public final class Tensors {
    /** Number of projections of a layer that can carry a LoRA pair. */
    public static final int PROJECTIONS = 7;

    /** Number of weights of a layer, absent ones included. */
    public static final int WEIGHTS = 17;

    /** Which of a layer's weights is that of each projection. */
    public static final List<Integer> PROJECTION_SLOTS = List.of(1, 2, 3, 4, 6, 7, 8);

    private static final long SORTED = 32;
    private static final long LOGITS = 1L << 25; // at a time in a loss: 128 MB in float32

    private Tensors() {}

    /**
     * Output of every layer, {@code [B, T, D]} each, of the last at some positions; that alone where there are caches.
     *
     * @param x embeddings, {@code [B, T, D]}
     * @param weights 17 for each layer, absent ones included, in the order of {@code kernels/decoder.py}
     * @param lora A and B of 7 projections for each layer
     * @param scales 7 for each layer
     * @param ropes cosine and sine, {@code [B or 1, 1, T, R]}, one pair after the other; tensors without elements for
     *     layers that do not rotate
     * @param masks additive masks {@code [B, 1, T, S]}, or a tensor without elements for plain causal attention
     * @param caches keys and values for each layer, written from {@code past} on; empty for none
     * @param past number of tokens already in the caches
     * @param tokens {@link Dropout#tokens}; without elements where nothing is dropped
     * @param at flat positions, {@code [M]}, at which the last layer gives its output, {@code [M, D]}; without elements for all
     */
    public static List<Tensor> layers(
            Tensor x,
            Tensor[] weights,
            Tensor[] lora,
            double[] scales,
            Tensor[] ropes,
            Tensor[] masks,
            Tensor[] caches,
            long past,
            Tensor tokens,
            LayerShape shape,
            Tensor at) {
        return Tensor.callForList(
                "layers",
                x,
                weights,
                lora,
                scales,
                ropes,
                shape.ropes(),
                masks,
                shape.masks(),
                caches,
                past,
                shape.ints(),
                shape.floats(),
                tokens,
                shape.drops(),
                at);
    }

    /**
     * Keys and values of a layer as its projections give them, {@code [N, K·E]} each.
     *
     * @param x its input, {@code [N, D]}, not normed
     * @param weights of the layer, as of {@link #layers}; so {@code lora} and {@code scales}
     */
    public static List<Tensor> keysAndValues(
            Tensor x, Tensor[] weights, Tensor[] lora, double[] scales, LayerShape shape) {
        return Tensor.callForList("keys_and_values", x, weights, lora, scales, shape.ints(), shape.floats());
    }

    /**
     * Keys or values of other rows: some of one cache, then some of another, so placed that the last token of each is at
     * {@code seen − 1}; {@code [n + m, K, capacity, E]}, zero elsewhere.
     *
     * @param old {@code [B, K, S, E]}, of which {@code past} tokens are there
     * @param kept numbers of its rows, {@code [n]}
     * @param width how many of their last tokens are kept
     * @param other the other cache, of which {@code read} tokens are there
     * @param fresh numbers of its rows, {@code [m]}, of which one may be named several times
     */
    public static Tensor regroup(
            Tensor old,
            Tensor kept,
            long past,
            long width,
            Tensor other,
            Tensor fresh,
            long read,
            long seen,
            long capacity) {
        return Tensor.call("regroup", old, kept, past, width, other, fresh, read, seen, capacity);
    }

    /** Rows of the embedding times a factor: {@code [B, T] → [B, T, D]}. */
    public static Tensor embed(Tensor weight, Tensor ids, float scale) {
        return Tensor.call("embed", weight, ids, scale);
    }

    /** Normalised by the root mean square and scaled: {@code x / √(mean x² + ε) · weight}. */
    public static Tensor norm(Tensor x, Tensor weight, LayerShape shape) {
        return Tensor.call("norm", x, weight, shape.floats()[0], shape.ints()[4]);
    }

    public static Tensor plusOne(Tensor weight) {
        return Tensor.call("add_one", weight);
    }

    /**
     * Cosine and sine of the rotary angles, {@code [B or 1, 1, T, R]} each.
     *
     * @param frequencies angle per position, {@code [R/2]}, or {@code [B, 1, R/2]} where rows differ
     * @param magnitude factor on both
     */
    public static List<Tensor> rope(Tensor positions, Tensor frequencies, double magnitude) {
        return Tensor.callForList("rope", positions, frequencies, magnitude);
    }

    /**
     * Additive attention mask {@code [B, 1, S − past, S]} from {@code attended [B, S]}; a window of 0 means no window.
     */
    public static Tensor mask(Tensor attended, long past, long window, DType type) {
        return Tensor.call("mask", attended, past, window, type.torch());
    }

    /** {@code hidden · headᵀ}, soft-capped to {@code cap · tanh(z / cap)} where cap is above 0. */
    public static Tensor logits(Tensor hidden, Tensor head, float cap) {
        return Tensor.call("logits", hidden, head, cap);
    }

    /** Log-probability of each target, nats: {@code [N, D], [N] → [N]}. */
    public static Tensor tokenLogProbs(Tensor hidden, Tensor head, Tensor targets, float cap) {
        return tokenLogProbs(hidden, head, targets, cap, logitRows(head.shape()[0]));
    }

    /** @param rows positions at a time */
    static Tensor tokenLogProbs(Tensor hidden, Tensor head, Tensor targets, float cap, long rows) {
        return Tensor.call("token_log_probs", hidden, head, targets, cap, rows);
    }

    /** KL(p ‖ p_base) at each position under a frozen head, nats: {@code [N, D], [N, D] → [N]}. */
    public static Tensor divergence(Tensor hidden, Tensor base, Tensor head, float cap) {
        return divergence(hidden, base, head, cap, logitRows(head.shape()[0]));
    }

    /** @param rows positions at a time */
    static Tensor divergence(Tensor hidden, Tensor base, Tensor head, float cap, long rows) {
        return Tensor.call("divergence", hidden, base, head, cap, rows);
    }

    /** How many positions have their logits at a time in a loss under a frozen head, so that their memory is bounded. */
    public static long logitRows(long vocabulary) {
        return Math.max(1, LOGITS / vocabulary);
    }

    /** Chosen positions of a flattened batch: {@code [B, T, D] → [N, D]}. */
    public static Tensor positions(Tensor hidden, Tensor index) {
        return Tensor.call("gather_positions", hidden, index);
    }

    /** The most probable token of each row: {@code [B, V] → [B]}. */
    public static Tensor greedy(Tensor logits) {
        return Tensor.call("greedy", logits);
    }

    /**
     * A token of each row drawn from the smallest set of tokens whose probability reaches {@code topP}: the first, by
     * descending probability and then by number, at which the sum of probabilities exceeds the draw times that of the set.
     *
     * @param logits {@code [B, V]}
     * @param uniforms one draw from [0, 1) for each row
     */
    public static Tensor sample(Tensor logits, Tensor uniforms, float temperature, float topP) {
        return sample(logits, uniforms, temperature, topP, SORTED);
    }

    /** @param sorted how many of the most probable tokens are looked at before all are; changes the time it takes only */
    static Tensor sample(Tensor logits, Tensor uniforms, float temperature, float topP, long sorted) {
        return Tensor.call("sample", logits, uniforms, temperature, topP, sorted);
    }

    /** Square root of the sum of the squares of a tensor's elements; a scalar that can be differentiated. */
    public static Tensor frobenius(Tensor x) {
        return Tensor.call("frobenius", x);
    }

    /**
     * Left singular vectors of a matrix, the largest first, without those whose singular value is below 1e−5 of the largest;
     * {@code [out, k]}.
     *
     * @param most of them; 0 for all
     */
    public static Tensor orthonormal(Tensor matrix, int most) {
        return Tensor.call("orthonormal", matrix, most);
    }

    /** Square root of the sum of the squares of all elements; a scalar. */
    public static Tensor globalNorm(List<Tensor> tensors) {
        return Tensor.call("global_norm", (Object) tensors.toArray(Tensor[]::new));
    }

    /** The values of tensors of one element, read together. */
    public static double[] items(List<Tensor> tensors) {
        return Tensor.call("items", (Object) tensors.toArray(Tensor[]::new)).doubles();
    }

    /** Inner product of all elements of each pair of tensors, read together. */
    public static double[] dots(List<Tensor> xs, List<Tensor> ys) {
        return Tensor.call("dots", xs.toArray(Tensor[]::new), ys.toArray(Tensor[]::new))
                .doubles();
    }

    public static List<Tensor> scaled(List<Tensor> tensors, float factor) {
        return Tensor.callForList("scale_all", tensors.toArray(Tensor[]::new), factor);
    }

    public static List<Tensor> sums(List<Tensor> left, List<Tensor> right) {
        return Tensor.callForList("add_all", left.toArray(Tensor[]::new), right.toArray(Tensor[]::new));
    }

    /**
     * How uneven the singular values σ of each B A are, in [0, 1): a scalar that can be differentiated.
     * <pre>  mean over pairs of 1 − PR / r,   PR = (Σ σ²)² / Σ σ⁴ = tr(G)² / (tr(G²) + 1e−16),   G = (A Aᵀ)(Bᵀ B)  [r, r] </pre>
     *
     * @param pairs A {@code [r, in]} and B {@code [out, r]}, one after the other
     */
    public static Tensor spectral(List<Tensor> pairs) {
        return Tensor.call("spectral", (Object) pairs.toArray(Tensor[]::new));
    }
}
