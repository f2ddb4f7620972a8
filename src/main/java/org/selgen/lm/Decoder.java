package org.selgen.lm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.selgen.data.BadInput;
import org.selgen.lm.config.Activation;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.lm.config.DecoderConfigJson;
import org.selgen.lm.config.Rope;
import org.selgen.tensor.Autograd;
import org.selgen.tensor.DType;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.Tensors;

/**
 * A decoder-only transformer of the Gemma, Qwen or Llama families with a LoRA adapter on top.
 * <pre>
 *   x₀ = embedding(ids) · embedScale
 *   xₗ = layer(xₗ₋₁)                       attention and feed-forward, each normed before it (Gemma 2: also after it)
 *   logits = softcap(norm(x_L) · headᵀ)
 * </pre>
 * The weights are frozen, and shared between threads and between the views that {@link #with} gives.
 *
 * <p>Source: the modelling code of Hugging Face transformers for each family, whose numbers the golden tests compare
 * with.
 */
public final class Decoder implements CausalLM, AutoCloseable {
    private final DecoderConfig config;
    private final Weights weights;
    private final DType type;
    private final Tensor frequencies; // [head size / 2]
    private final Tensor[] frozen; // the layers' weights; empty while the weights themselves are trained
    private final ReferenceCache references; // shared by all views
    private final Adapter adapter;
    private final Adapter referenceAdapter; // of the previous stage

    private Decoder(
            DecoderConfig config,
            Weights weights,
            DType type,
            Tensor frequencies,
            Tensor[] frozen,
            ReferenceCache references,
            Adapter adapter,
            Adapter referenceAdapter) {
        this.config = config;
        this.weights = weights;
        this.type = type;
        this.frequencies = frequencies;
        this.frozen = frozen;
        this.references = references;
        this.adapter = adapter;
        this.referenceAdapter = referenceAdapter;
    }

    /**
     * Opens a Hugging Face folder: config.json and model.safetensors or its shards.
     *
     * @param type the type to compute in: F32, F64 for tests, BF16 for a GPU
     * @throws BadInput if the family is unknown, or a weight is missing, extra or of another shape
     */
    public static Decoder open(Path folder, DType type) {
        DecoderConfig config = DecoderConfigJson.read(folder);
        return of(config, Weights.read(folder, config, type), type, true);
    }

    /** A decoder whose own weights are trained: an optimizer updates {@link #weights()}. */
    public static Decoder trainable(DecoderConfig config, Map<String, Tensor> initial) {
        return of(config, Weights.trainable(config, initial), DType.F32, false);
    }

    private static Decoder of(DecoderConfig config, Weights weights, DType type, boolean freeze) {
        try (Scope scope = Scope.open()) {
            DType ropeType = type == DType.F64 ? DType.F64 : DType.F32;
            float[] inverse = Rope.frequencies(config);
            Tensor frequencies = weights.keep(Tensor.of(inverse).to(ropeType));
            Tensor[] frozen = freeze ? weights.layers() : new Tensor[0];
            for (Tensor t : frozen) {
                weights.keep(t);
            }
            ReferenceCache references =
                    new ReferenceCache(freeze ? ReferenceCache.allowed() : 0, type); // trained weights change
            return new Decoder(config, weights, type, frequencies, frozen, references, Adapter.none(), Adapter.none());
        }
    }

    public DecoderConfig config() {
        return config;
    }

    /** The same weights under another adapter. */
    public Decoder with(Adapter other) {
        return new Decoder(config, weights, type, frequencies, frozen, references, other, referenceAdapter);
    }

    /**
     * The same weights under the adapter that a previous stage of training made; with it they are the reference model
     * too. Where that adapter changes nothing, this decoder itself. The adapter must not be trained further.
     *
     * @param cache results of that reference model; the caller closes it and the adapter
     */
    public Decoder withReference(Adapter previous, ReferenceCache cache) {
        return previous.parameters().isEmpty()
                ? this
                : new Decoder(config, weights, type, frequencies, frozen, cache, previous, previous);
    }

    /** The adapter of the previous stage; where there was none, the adapter that changes nothing. */
    public Adapter referenceAdapter() {
        return referenceAdapter;
    }

    @Override
    public Decoder base() {
        return with(referenceAdapter);
    }

    @Override
    public Reference reference(Batch batch) {
        Decoder base = base();
        return new Reference(batch, (row, kind) -> references.of(base::forward, row, kind));
    }

    /** Kept results of the reference model; they live as long as the weights. */
    public ReferenceCache references() {
        return references;
    }

    @Override
    public Adapter adapter() {
        return adapter;
    }

    /** Every weight by its name in the safetensors file. */
    public Map<String, Tensor> weights() {
        return weights.byName();
    }

    @Override
    public Forward forward(Batch batch) {
        if (batch.length() > config.maxPositions()) {
            throw new BadInput("A row has " + batch.length() + " tokens but the model's context holds "
                    + config.maxPositions() + "; shorten the row or choose another model");
        }
        Tensor ids = Tensor.of(batch.ids(), batch.rows(), batch.length());
        List<Tensor> hidden = new ArrayList<>();
        if (batch.padsLeft()) {
            Tensor positions = Tensor.of(batch.positions(), batch.rows(), batch.length());
            Tensor attended = Tensor.of(batch.attended(), batch.rows(), batch.length());
            hidden.addAll(run(ids, positions, attended, batch.length(), KvCache.none()));
        } else {
            hidden.addAll(run(ids, positions(0, batch.length()), weights.none(), batch.length(), KvCache.none()));
        }
        return new Forward(batch, hidden, weights.head(), logitCap());
    }

    /**
     * Logits of the token after the last one, for generation.
     *
     * @param ids new tokens {@code [B, T]}
     * @param positions their positions {@code [B or 1, T]}
     * @param attended {@code [B, S]} over all tokens so far; without elements if none is padding
     * @param cache keys and values of the tokens so far; those of the new tokens are added
     * @return {@code [B, V]}
     */
    Tensor next(Tensor ids, Tensor positions, Tensor attended, KvCache cache) {
        return Autograd.off(() -> {
            List<Tensor> hidden = run(ids, positions, attended, cache.past() + ids.shape()[1], cache);
            cache.advance(ids.shape()[1]);
            Tensor last = hidden.get(hidden.size() - 1).transpose(0, 1);
            Tensor state = last.rows(ids.shape()[1] - 1, ids.shape()[1]).reshape(ids.shape()[0], config.hidden());
            return Tensors.logits(state, weights.head(), logitCap());
        });
    }

    /** Embeddings and the output of each layer, the last one after the final norm. */
    private List<Tensor> run(Tensor ids, Tensor positions, Tensor attended, long seen, KvCache cache) {
        Tensor[] layers = frozen.length > 0 ? frozen : weights.layers();
        Tensor x = Tensors.embed(weights.embedding(), ids, (float) config.embedScale());
        List<Tensor> rope = Tensors.rope(positions, frequencies).stream()
                .map(angle -> type == DType.BF16 ? angle.to(type) : angle)
                .toList();
        Tensor[] masks = Masks.of(config, type, attended, seen, cache.past(), weights.none());
        List<Tensor> states = Tensors.layers(
                x,
                layers,
                adapter.slots(config, weights.none()),
                adapter.scales(config),
                rope,
                masks,
                cache.tensors(),
                cache.past(),
                shape(masks.length > 1));
        List<Tensor> hidden = new ArrayList<>(states.size() + 1);
        hidden.add(x);
        hidden.addAll(states);
        int last = hidden.size() - 1;
        hidden.set(last, Tensors.norm(hidden.get(last), weights.finalNorm(), config.normEps()));
        return hidden;
    }

    private Tensors.LayerShape shape(boolean windowed) {
        long[] ints = {config.heads(), config.kvHeads(), config.headDim(), kernel(config.activation())};
        double cap = config.attnSoftcap() == null ? 0 : config.attnSoftcap();
        long[] kinds = IntStream.range(0, config.layers())
                .mapToLong(l -> windowed && config.window(l).isPresent() ? 1 : 0)
                .toArray();
        return new Tensors.LayerShape(ints, new double[] {config.normEps(), config.queryScale(), cap}, kinds);
    }

    private static long kernel(Activation activation) {
        return switch (activation) {
            case GELU_TANH -> 0;
            case GELU -> 1;
            case SILU -> 2;
        };
    }

    private float logitCap() {
        return config.logitSoftcap() == null ? 0 : config.logitSoftcap().floatValue();
    }

    /** Positions {@code from … to − 1} as one row, {@code [1, to − from]}. */
    static Tensor positions(long from, long to) {
        long[] positions = new long[Math.toIntExact(to - from)];
        for (int t = 0; t < positions.length; t++) {
            positions[t] = from + t;
        }
        return Tensor.of(positions, 1, positions.length);
    }

    /** An empty cache for {@code rows} rows of up to {@code capacity} tokens; belongs to the current scope. */
    KvCache cache(int rows, int capacity) {
        return KvCache.of(config, rows, capacity, type);
    }

    Tensor absent() {
        return weights.none();
    }

    @Override
    public void close() {
        references.close();
        weights.close();
    }
}
