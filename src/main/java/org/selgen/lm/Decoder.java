package org.selgen.lm;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.selgen.data.BadInput;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.lm.config.DecoderConfigJson;
import org.selgen.tensor.ActivationCheckpointing;
import org.selgen.tensor.Autograd;
import org.selgen.tensor.DType;
import org.selgen.tensor.Dropout;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.Tensors;

/**
 * A decoder-only transformer of a {@linkplain org.selgen.lm.config.Family known family} with a LoRA adapter on top.
 * <pre>
 *   x₀ = embedding(ids) · embedScale
 *   xₗ = layer(xₗ₋₁)                       attention and feed-forward, each normed before it, after it, or both
 *   logits = softcap(norm(x_L) · headᵀ)
 * </pre>
 * The weights are frozen, and shared between threads and between the views that {@link #with} gives.
 *
 * <p>Source: the modelling code of Hugging Face transformers for each family, whose numbers the golden tests compare
 * with. Departure: in a model with other rotary frequencies for long rows, each row of a batch has those of its own
 * length; transformers gives all rows those of the longest.
 */
public final class Decoder implements CausalLM, AutoCloseable {
    private static final long MERGED = 4L << 30;

    private final DecoderLayers base;
    private final DecoderLayers layers; // those of the base, or with the adapter merged into them
    private final ReferenceCache references; // shared by all views
    private final Adapter adapter;
    private final Adapter referenceAdapter; // of the previous stage
    private final boolean checkpointed;
    private final Map<Integer, UnaryOperator<Tensor>> edits; // of activations, by layer
    private final Dropout dropout;

    private Decoder(
            DecoderLayers base,
            DecoderLayers layers,
            ReferenceCache references,
            Adapter adapter,
            Adapter referenceAdapter,
            boolean checkpointed,
            Map<Integer, UnaryOperator<Tensor>> edits,
            Dropout dropout) {
        this.base = base;
        this.layers = layers;
        this.references = references;
        this.adapter = adapter;
        this.referenceAdapter = referenceAdapter;
        this.checkpointed = checkpointed;
        this.edits = edits;
        this.dropout = dropout;
    }

    /**
     * Opens a Hugging Face folder: config.json and model.safetensors or its shards.
     *
     * @param type the type to compute in: F32, F64 for tests, BF16 for a GPU
     * @throws BadInput if the family is unknown, or a weight is missing, extra, of another shape, NaN or infinite
     */
    public static Decoder open(Path folder, DType type) {
        Weights weights = Weights.read(folder, DecoderConfigJson.read(folder), type);
        return of(DecoderLayers.frozen(weights, type), ReferenceCache.open(type));
    }

    /** A decoder whose own weights are trained: an optimizer updates {@link #weights()}. */
    public static Decoder trainable(DecoderConfig config, Map<String, Tensor> initial) {
        DecoderLayers layers = DecoderLayers.trained(Weights.trainable(config, initial));
        return of(layers, new ReferenceCache(ReferenceCache.Bounds.NONE, DType.F32)); // trained weights change
    }

    private static Decoder of(DecoderLayers layers, ReferenceCache references) {
        return new Decoder(layers, layers, references, Adapter.none(), Adapter.none(), false, Map.of(), Dropout.NONE);
    }

    @Override
    public DecoderConfig config() {
        return layers.config();
    }

    /** The same weights under another adapter. */
    public Decoder with(Adapter other) {
        return new Decoder(base, base, references, other, referenceAdapter, checkpointed, edits, dropout.inStep(0));
    }

    /** The same decoder, of whose training passes a layer's output alone is kept: {@link ActivationCheckpointing}. */
    public Decoder checkpointed() {
        return new Decoder(base, layers, references, adapter, referenceAdapter, true, edits, dropout);
    }

    /**
     * The same decoder with its activations edited in passes over whole rows: not in generation, and not in the
     * reference model.
     *
     * @param edited what the layer after a layer gets instead of its output {@code […, D]}, by number from 1
     */
    public Decoder edited(Map<Integer, UnaryOperator<Tensor>> edited) {
        return new Decoder(
                base, layers, references, adapter, referenceAdapter, checkpointed, Map.copyOf(edited), dropout);
    }

    /** The same decoder, whose adapter {@linkplain #inStep in a step} of training drops some of its inputs. */
    public Decoder withDropout(float rate, long seed) {
        return with(new Dropout(rate, seed, 0));
    }

    @Override
    public Decoder inStep(int number) {
        return with(dropout.inStep(number));
    }

    private Decoder with(Dropout other) {
        return new Decoder(base, layers, references, adapter, referenceAdapter, checkpointed, edits, other);
    }

    /**
     * The same model for answering: with the adapter in the weights of its layers, which changes rounding alone. In bfloat16,
     * which is too narrow for {@code W + s · B A}, and above 4 GiB of weights it is this decoder.
     *
     * @param owner of the weights that are made
     */
    public Decoder merged(Scope owner) {
        if (adapter.pairs().isEmpty() || layers.type() == DType.BF16 || layers.bytes() > MERGED) {
            return this;
        }
        DecoderLayers own = Autograd.off(() -> layers.merged(adapter, owner));
        return new Decoder(base, own, references, Adapter.none(), referenceAdapter, checkpointed, edits, dropout);
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
                : new Decoder(base, base, cache, previous, previous, checkpointed, edits, dropout);
    }

    /** The adapter of the previous stage; where there was none, the adapter that changes nothing. */
    public Adapter referenceAdapter() {
        return referenceAdapter;
    }

    @Override
    public Decoder base() {
        return edited(Map.of()).with(referenceAdapter);
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

    /** Every weight by its name in transformers. */
    public Map<String, Tensor> weights() {
        return layers.weights().byName();
    }

    @Override
    public Forward forward(Batch batch) {
        if (batch.length() > config().maxPositions()) {
            throw new BadInput("A row has " + batch.length() + " tokens but the model's context holds "
                    + config().maxPositions() + "; shorten the row or choose another model");
        }
        Tensor ids = Tensor.of(batch.ids(), batch.rows(), batch.length());
        boolean padded = batch.padsLeft();
        Tensor positions =
                padded ? Tensor.of(batch.positions(), batch.rows(), batch.length()) : positions(0, batch.length());
        Tensor attended = padded ? Tensor.of(batch.attended(), batch.rows(), batch.length()) : absent();
        KvCache.Input input = new KvCache.Input(ids, positions, attended, batch.lengths(), drops(batch));
        boolean again = checkpointed && ActivationCheckpointing.isOpen();
        Forward.States states = layers.states(adapter, input, again, edits);
        return new Forward(
                batch,
                states,
                layers.weights().head(),
                logitCap(),
                at -> layers.keysAndValues(adapter, states.before(), at));
    }

    private KvCache.Drops drops(Batch batch) {
        return new KvCache.Drops(
                dropout,
                dropout.drops() ? Tensor.of(dropout.tokens(batch.ids(), batch.attended(), batch.rows())) : absent());
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
            KvCache.Input input = cache.input(ids, positions, attended, layers.sameUpTo());
            Tensor last = layers.last(adapter, input, cache);
            cache.advance(input.ids().shape()[1]);
            return Tensors.logits(last, layers.weights().head(), logitCap());
        });
    }

    private float logitCap() {
        Double cap = config().logitSoftcap();
        return cap == null ? 0 : cap.floatValue();
    }

    /** Positions {@code from … to − 1} as one row, {@code [1, to − from]}. */
    static Tensor positions(long from, long to) {
        return Tensor.of(LongStream.range(from, to).toArray(), 1, to - from);
    }

    /** An empty cache for {@code rows} rows of up to {@code capacity} tokens; belongs to the current scope. */
    KvCache cache(int rows, int capacity) {
        return KvCache.of(config(), rows, capacity, layers.type());
    }

    Tensor absent() {
        return layers.weights().none();
    }

    @Override
    public void close() {
        references.close();
        base.close();
    }
}
