package org.selgen.lm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.selgen.lm.config.Activation;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.tensor.ActivationCheckpointing;
import org.selgen.tensor.DType;
import org.selgen.tensor.Dropout;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.Tensors;

/** The frozen part of a decoder, which its views share: weights and rotary frequencies, and a pass through them. */
final class DecoderLayers implements AutoCloseable {
    private final DecoderConfig config;
    private final Weights weights;
    private final DType type;
    private final Rotations rotations;
    private final Tensor[] frozen; // the layers' weights; empty while the weights themselves are trained

    private DecoderLayers(Weights weights, DType type, Rotations rotations, Tensor[] frozen) {
        this.config = weights.config();
        this.weights = weights;
        this.type = type;
        this.rotations = rotations;
        this.frozen = frozen;
    }

    static DecoderLayers frozen(Weights weights, DType type) {
        try (Scope scope = Scope.open()) {
            Tensor[] frozen = weights.layers();
            Arrays.stream(frozen).forEach(weights::keep);
            return of(weights, type, frozen);
        }
    }

    /** Layers whose weights change from pass to pass. */
    static DecoderLayers trained(Weights weights) {
        try (Scope scope = Scope.open()) {
            return of(weights, DType.F32, new Tensor[0]);
        }
    }

    /**
     * The same with an adapter in the weights, {@code W + s · B A}, in layers of the owner's; these where nothing is adapted.
     */
    DecoderLayers merged(Adapter adapter, Scope owner) {
        Tensor[] slots = adapter.slots(config, weights.none());
        double[] scales = adapter.scales(config);
        Tensor[] merged = frozen.clone();
        for (int i = 0; i < scales.length; i++) {
            int slot =
                    i / Tensors.PROJECTIONS * Tensors.WEIGHTS + Tensors.PROJECTION_SLOTS.get(i % Tensors.PROJECTIONS);
            Tensor b = slots[2 * i + 1];
            if (b != weights.none()) {
                try (Scope one = Scope.open()) {
                    Tensor change = b.matmul(slots[2 * i]).times((float) scales[i]);
                    merged[slot] = owner.keep(frozen[slot].plus(change));
                }
            }
        }
        return new DecoderLayers(weights, type, rotations, merged);
    }

    private static DecoderLayers of(Weights weights, DType type, Tensor[] frozen) {
        Rotations rotations = Rotations.of(weights.config(), type);
        rotations.tensors().forEach(weights::keep);
        return new DecoderLayers(weights, type, rotations, frozen);
    }

    DecoderConfig config() {
        return config;
    }

    Weights weights() {
        return weights;
    }

    DType type() {
        return type;
    }

    /** Bytes of their matrices. */
    double bytes() {
        return DecoderWeights.matrixElements(config) * type.bytes();
    }

    /** The longest row that is rotated as shorter ones are. */
    int sameUpTo() {
        return rotations.sameUpTo();
    }

    /**
     * Embeddings and the output of each layer, the last one after the final norm.
     *
     * @param checkpointed whether each layer is a segment of {@link ActivationCheckpointing}; without a cache only
     * @param edits what is done to the output of a layer, by number from 1; without a cache only
     */
    List<Tensor> run(
            Adapter adapter,
            KvCache.Input input,
            KvCache cache,
            boolean checkpointed,
            Map<Integer, UnaryOperator<Tensor>> edits) {
        long seen = cache.past() + input.ids().shape()[1];
        Tensor x = Tensors.embed(weights.embedding(), input.ids(), (float) config.embedScale());
        Masks masks = Masks.of(config, type, input.attended(), seen, cache.past(), weights.none());
        Pass pass = new Pass(
                frozen.length > 0 ? frozen : weights.layers(),
                adapter.scales(config),
                rotations.angles(input.positions(), input.lengths(), weights.none()),
                masks.tensors(),
                cache,
                input.drops().tokens(),
                shape(masks.kinds(), input.drops().dropout()));
        Tensor[] slots = adapter.slots(config, weights.none());
        List<Tensor> hidden = new ArrayList<>(config.layers() + 1);
        hidden.add(x);
        hidden.addAll(
                checkpointed || !edits.isEmpty() ? pass.oneByOne(x, slots, checkpointed, edits) : pass.all(x, slots));
        int last = hidden.size() - 1;
        hidden.set(last, Tensors.norm(hidden.get(last), weights.finalNorm(), pass.shape()));
        return hidden;
    }

    /** Keys and values of each layer at flat positions, of what {@link #run} gave. */
    List<Tensor> keysAndValues(Adapter adapter, List<Tensor> hidden, Tensor positions) {
        Tensor[] own = frozen.length > 0 ? frozen : weights.layers();
        Tensor[] slots = adapter.slots(config, weights.none());
        double[] scales = adapter.scales(config);
        Tensors.LayerShape shape = shape(new long[0], Dropout.NONE);
        int width = 2 * Tensors.PROJECTIONS;
        List<Tensor> all = new ArrayList<>();
        for (int l = 0; l < config.layers(); l++) {
            all.addAll(Tensors.keysAndValues(
                    Tensors.positions(hidden.get(l), positions),
                    Arrays.copyOfRange(own, l * Tensors.WEIGHTS, (l + 1) * Tensors.WEIGHTS),
                    Arrays.copyOfRange(slots, l * width, (l + 1) * width),
                    Arrays.copyOfRange(scales, l * Tensors.PROJECTIONS, (l + 1) * Tensors.PROJECTIONS),
                    shape));
        }
        return all;
    }

    /** What layers need beside their input and the adapter's pairs. */
    @SuppressWarnings("ArrayRecordComponent") // as kernels take them
    private record Pass(
            Tensor[] weights,
            double[] scales,
            Tensor[] ropes,
            Tensor[] masks,
            KvCache cache,
            Tensor tokens,
            Tensors.LayerShape shape) {
        List<Tensor> all(Tensor x, Tensor[] slots) {
            return Tensors.layers(
                    x, weights, slots, scales, ropes, masks, cache.tensors(), cache.past(), tokens, shape);
        }

        List<Tensor> oneByOne(
                Tensor x, Tensor[] slots, boolean checkpointed, Map<Integer, UnaryOperator<Tensor>> edits) {
            List<Tensor> states = new ArrayList<>();
            Tensor state = x;
            for (int layer = 0; layer < shape.masks().length; layer++) {
                Pass one = of(layer);
                UnaryOperator<Tensor> edit = edits.getOrDefault(layer + 1, UnaryOperator.identity());
                ActivationCheckpointing.Segment segment =
                        (input, own) -> edit.apply(one.all(input, own).get(0));
                int width = 2 * Tensors.PROJECTIONS;
                Tensor[] own = Arrays.copyOfRange(slots, layer * width, (layer + 1) * width);
                state = checkpointed ? ActivationCheckpointing.output(segment, state, own) : segment.output(state, own);
                states.add(state);
            }
            return states;
        }

        private Pass of(int layer) {
            return new Pass(
                    Arrays.copyOfRange(weights, layer * Tensors.WEIGHTS, (layer + 1) * Tensors.WEIGHTS),
                    Arrays.copyOfRange(scales, layer * Tensors.PROJECTIONS, (layer + 1) * Tensors.PROJECTIONS),
                    ropes,
                    masks,
                    cache,
                    tokens,
                    shape(layer));
        }

        private Tensors.LayerShape shape(int layer) {
            long[] drops = shape.drops().clone();
            if (drops.length > 0) {
                drops[1] = layer;
            }
            return new Tensors.LayerShape(
                    shape.ints(),
                    shape.floats(),
                    new long[] {shape.masks()[layer]},
                    new long[] {shape.ropes()[layer]},
                    drops);
        }
    }

    private Tensors.LayerShape shape(long[] masks, Dropout dropout) {
        long[] ints = {
            config.heads(),
            config.kvHeads(),
            config.headDim(),
            kernel(config.activation()),
            config.normRoundsFirst() ? 1 : 0
        };
        double cap = config.attnSoftcap() == null ? 0 : config.attnSoftcap();
        double[] floats = {config.normEps(), config.queryScale(), cap};
        return new Tensors.LayerShape(ints, floats, masks, rotations.kinds(), drops(dropout));
    }

    /** As kernels take it: the parts of a fused projection, which has one input, have one mask. */
    private long[] drops(Dropout dropout) {
        if (!dropout.drops()) {
            return new long[0];
        }
        List<String> modules = Arrays.stream(Projection.values())
                .map(projection -> projection.in(config, 0).module())
                .toList();
        LongStream masks = modules.stream().mapToLong(modules::indexOf);
        return LongStream.concat(LongStream.of(dropout.threshold(), 0), masks).toArray();
    }

    private static long kernel(Activation activation) {
        return switch (activation) {
            case GELU_TANH -> 0;
            case GELU -> 1;
            case SILU -> 2;
        };
    }

    @Override
    public void close() {
        weights.close();
    }
}
