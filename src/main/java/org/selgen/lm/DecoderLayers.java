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
import org.selgen.tensor.LayerShape;
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
     * A pass over whole rows. The last layer's output is worked out when it is asked for, at the positions that are asked for.
     *
     * @param checkpointed whether each layer is a segment of {@link ActivationCheckpointing}
     * @param edits what is done to the output of a layer, by number from 1
     */
    Forward.States states(
            Adapter adapter, KvCache.Input input, boolean checkpointed, Map<Integer, UnaryOperator<Tensor>> edits) {
        Pass pass = pass(adapter, input, KvCache.none(), adapter.slots(config, weights.none()));
        int last = config.layers() - 1;
        List<Tensor> states = new ArrayList<>(List.of(embedded(input)));
        if (!checkpointed && edits.isEmpty()) {
            states.addAll(pass.of(0, last).all(states.get(0), Tensor.none()));
        }
        for (int layer = states.size() - 1; layer < last; layer++) {
            states.add(pass.one(layer, states.get(layer), Tensor.none(), checkpointed, edits));
        }
        return new Forward.States(
                states, at -> normed(pass.one(last, states.get(last), at, checkpointed, edits), pass));
    }

    /** The last layer's output behind the final norm, of each row's last token; keys and values are added to the cache. */
    Tensor last(Adapter adapter, KvCache.Input input, KvCache cache) {
        Pass pass = pass(adapter, input, cache, adapter.slots(config, weights.none()));
        return normed(pass.all(embedded(input), input.ends()).get(0), pass);
    }

    private Tensor embedded(KvCache.Input input) {
        return Tensors.embed(weights.embedding(), input.ids(), (float) config.embedScale());
    }

    private Tensor normed(Tensor output, Pass pass) {
        return Tensors.norm(output, weights.finalNorm(), pass.shape());
    }

    private Pass pass(Adapter adapter, KvCache.Input input, KvCache cache, Tensor[] slots) {
        long seen = cache.past() + input.ids().shape()[1];
        Masks masks = Masks.of(config, type, input.attended(), seen, cache.past(), weights.none());
        return new Pass(
                frozen.length > 0 ? frozen : weights.layers(),
                slots,
                adapter.scales(config),
                rotations.angles(input.positions(), input.lengths(), weights.none()),
                masks.tensors(),
                cache,
                input.drops().tokens(),
                shape(masks.kinds(), input.drops().dropout()));
    }

    /** Keys and values of each layer at flat positions, of the states before the last. */
    List<Tensor> keysAndValues(Adapter adapter, List<Tensor> hidden, Tensor positions) {
        Tensor[] own = frozen.length > 0 ? frozen : weights.layers();
        Tensor[] slots = adapter.slots(config, weights.none());
        double[] scales = adapter.scales(config);
        LayerShape shape = shape(new long[0], Dropout.NONE);
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

    /** What layers need beside their input. */
    @SuppressWarnings("ArrayRecordComponent") // as kernels take them
    private record Pass(
            Tensor[] weights,
            Tensor[] slots,
            double[] scales,
            Tensor[] ropes,
            Tensor[] masks,
            KvCache cache,
            Tensor tokens,
            LayerShape shape) {
        List<Tensor> all(Tensor x, Tensor at) {
            return Tensors.layers(
                    x, weights, slots, scales, ropes, masks, cache.tensors(), cache.past(), tokens, shape, at);
        }

        Tensor one(int layer, Tensor x, Tensor at, boolean checkpointed, Map<Integer, UnaryOperator<Tensor>> edits) {
            Pass one = of(layer, layer + 1);
            UnaryOperator<Tensor> edit = edits.getOrDefault(layer + 1, UnaryOperator.identity());
            ActivationCheckpointing.Segment segment =
                    (input, own) -> edit.apply(one.with(own).all(input, at).get(0));
            return checkpointed
                    ? ActivationCheckpointing.output(segment, x, one.slots())
                    : segment.output(x, one.slots());
        }

        private Pass with(Tensor[] own) {
            return new Pass(weights, own, scales, ropes, masks, cache, tokens, shape);
        }

        /** Without a cache. */
        Pass of(int from, int to) {
            int width = 2 * Tensors.PROJECTIONS;
            return new Pass(
                    Arrays.copyOfRange(weights, from * Tensors.WEIGHTS, to * Tensors.WEIGHTS),
                    Arrays.copyOfRange(slots, from * width, to * width),
                    Arrays.copyOfRange(scales, from * Tensors.PROJECTIONS, to * Tensors.PROJECTIONS),
                    ropes,
                    masks,
                    cache,
                    tokens,
                    shape.of(from, to));
        }
    }

    private LayerShape shape(long[] masks, Dropout dropout) {
        long[] ints = {
            config.heads(),
            config.kvHeads(),
            config.headDim(),
            kernel(config.activation()),
            config.normRoundsFirst() ? 1 : 0
        };
        double cap = config.attnSoftcap() == null ? 0 : config.attnSoftcap();
        double[] floats = {config.normEps(), config.queryScale(), cap};
        return new LayerShape(ints, floats, masks, rotations.kinds(), drops(dropout));
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
