package org.selgen.lm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.selgen.data.BadInput;
import org.selgen.lm.config.DecoderConfig;
import org.selgen.tensor.DType;
import org.selgen.tensor.MappedTensor;
import org.selgen.tensor.SafetensorsItem;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.Tensors;

/**
 * Low-rank changes of a decoder's linear layers (LoRA, Hu et al. 2021).
 * <pre>  y = W x + s · B A x,   A [r, in], B [out, r],   s = α / r, or α / √r (rsLoRA, Kalajdzievski 2023) </pre>
 * A fresh one draws A uniformly within ±1/√in, as PEFT does, and has B = 0, so it changes nothing.
 */
public final class Adapter implements AutoCloseable {
    /** A and B of one linear layer, and the factor s. */
    public record Pair(Tensor a, Tensor b, float scale) {}

    private final Map<String, Pair> pairs; // by module name, in layer order
    private final Map<String, Pair> below; // frozen: active, but not trained
    private final Scope scope;

    private Adapter(Map<String, Pair> pairs, Map<String, Pair> below, Scope scope) {
        this.pairs = pairs;
        this.below = below;
        this.scope = scope;
    }

    /** The adapter that changes nothing. */
    public static Adapter none() {
        return new Adapter(Map.of(), Map.of(), Scope.detached());
    }

    /** An adapter of the given pairs, whose tensors move to its scope. */
    public static Adapter of(Map<String, Pair> pairs) {
        Scope scope = Scope.detached();
        pairs.values().forEach(pair -> {
            scope.keep(pair.a());
            scope.keep(pair.b());
        });
        return new Adapter(new LinkedHashMap<>(pairs), Map.of(), scope);
    }

    /**
     * An untrained adapter; equal seeds give equal adapters.
     *
     * @throws BadInput if a target is no linear layer of the model
     */
    public static Adapter fresh(LoraConfig lora, DecoderConfig config, long seed) {
        lora.check(config);
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Pair> pairs = new LinkedHashMap<>();
        try (Scope temporary = Scope.open()) {
            AdapterFiles.shapes(config, lora).forEach((module, shape) -> pairs.put(module, fresh(lora, shape, random)));
            return of(pairs);
        }
    }

    /**
     * Reads an adapter that was written by PEFT or by {@link #write}.
     *
     * @throws BadInput as {@link AdapterFiles#read}
     */
    public static Adapter read(Path folder, DecoderConfig config) {
        Map<String, Pair> pairs = new LinkedHashMap<>();
        try (Scope temporary = Scope.open()) {
            AdapterFiles.read(folder, config)
                    .modules()
                    .forEach((module, files) -> pairs.put(
                            module,
                            new Pair(
                                    MappedTensor.of(files.a()).to(DType.F32).leaf(),
                                    MappedTensor.of(files.b()).to(DType.F32).leaf(),
                                    files.scale())));
            return of(pairs);
        }
    }

    /** A copy that can be trained further. */
    public Adapter copy() {
        Map<String, Pair> copies = new LinkedHashMap<>();
        try (Scope temporary = Scope.open()) {
            pairs.forEach((module, pair) ->
                    copies.put(module, new Pair(pair.a().leaf(), pair.b().leaf(), pair.scale())));
            return of(copies);
        }
    }

    /** Writes the adapter in PEFT's format, in float32. */
    public void write(Path folder, PeftConfig config) {
        List<SafetensorsItem> items = new ArrayList<>();
        pairs.forEach((module, pair) -> {
            items.add(item(AdapterFiles.keyA(module), pair.a()));
            items.add(item(AdapterFiles.keyB(module), pair.b()));
        });
        AdapterFiles.write(folder, config, items);
    }

    private static SafetensorsItem item(String name, Tensor tensor) {
        return new SafetensorsItem(name, "F32", tensor.shape(), tensor.bytes(DType.F32));
    }

    private static Pair fresh(LoraConfig lora, long[] shape, SplittableRandom random) {
        int in = Math.toIntExact(shape[1]);
        int out = Math.toIntExact(shape[0]);
        double bound = 1 / Math.sqrt(in);
        float[] a = new float[lora.r() * in];
        for (int i = 0; i < a.length; i++) {
            a[i] = (float) ((2 * random.nextDouble() - 1) * bound);
        }
        Tensor first = Tensor.of(a, lora.r(), in).leaf();
        Tensor second = Tensor.of(new float[out * lora.r()], out, lora.r()).leaf();
        return new Pair(first, second, lora.scale());
    }

    /** The pairs by module name, as {@code model.layers.0.self_attn.q_proj}. */
    public Map<String, Pair> pairs() {
        return pairs;
    }

    /** The highest rank among the pairs; 1 for the adapter that changes nothing. */
    public int rank() {
        return pairs.values().stream()
                .mapToInt(pair -> Math.toIntExact(pair.a().shape()[0]))
                .max()
                .orElse(1);
    }

    /** The frozen pairs that are active beside the trained ones, by module name; none except after {@link #over}. */
    public Map<String, Pair> below() {
        return below;
    }

    /** This adapter with a frozen one active beside it. Closing the result closes this adapter only. */
    public Adapter over(Adapter frozen) {
        Map<String, Pair> constant = new LinkedHashMap<>();
        try (Scope temporary = Scope.open()) {
            frozen.pairs.forEach((module, pair) -> constant.put(
                    module,
                    new Pair(scope.keep(pair.a().detach()), scope.keep(pair.b().detach()), pair.scale())));
        }
        return new Adapter(pairs, constant, scope);
    }

    /**
     * One adapter that computes the same as this one together with its frozen one.
     * <pre>  s B₁ A₁ x + s B₂ A₂ x = s [B₁ B₂] [A₁; A₂] x,   of rank r₁ + r₂ </pre>
     */
    public Adapter joined() {
        Map<String, Pair> one = new LinkedHashMap<>();
        try (Scope temporary = Scope.open()) {
            pairs.forEach((module, pair) -> {
                Pair joined = joined(module, pair);
                one.put(module, new Pair(joined.a().leaf(), joined.b().leaf(), joined.scale()));
            });
            return of(one);
        }
    }

    private Pair joined(String module, Pair pair) {
        Pair frozen = below.get(module);
        if (frozen == null) {
            return pair;
        }
        Tensor b = frozen.scale() == pair.scale() ? frozen.b() : frozen.b().times(frozen.scale() / pair.scale());
        return new Pair(Tensor.concat(0, frozen.a(), pair.a()), Tensor.concat(1, b, pair.b()), pair.scale());
    }

    /** A and B of every pair: the parameters that an optimizer updates. */
    public List<Tensor> parameters() {
        List<Tensor> parameters = new ArrayList<>();
        pairs.values().forEach(pair -> {
            parameters.add(pair.a());
            parameters.add(pair.b());
        });
        return parameters;
    }

    /** PEFT's names of {@link #parameters()}, in their order. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        pairs.keySet().forEach(module -> {
            names.add(AdapterFiles.keyA(module));
            names.add(AdapterFiles.keyB(module));
        });
        return names;
    }

    /** A and B of every projection of every layer; {@code none} where there is no pair. */
    Tensor[] slots(DecoderConfig config, Tensor none) {
        Tensor[] slots = new Tensor[2 * Tensors.PROJECTIONS * config.layers()];
        Arrays.fill(slots, none);
        int i = 0;
        for (int l = 0; l < config.layers() && !pairs.isEmpty(); l++) {
            for (Projection p : Projection.values()) {
                Projection.Place place = p.in(config, l);
                Pair own = pairs.get(place.module());
                if (own != null) {
                    Pair pair = joined(place.module(), own);
                    slots[i] = pair.a();
                    slots[i + 1] = config.fused() ? pair.b().rows(place.from(), place.to()) : pair.b();
                }
                i += 2;
            }
        }
        return slots;
    }

    /** s of every projection of every layer; 0 where there is no pair. */
    double[] scales(DecoderConfig config) {
        double[] scales = new double[Tensors.PROJECTIONS * config.layers()];
        int i = 0;
        for (int l = 0; l < config.layers() && !pairs.isEmpty(); l++) {
            for (Projection p : Projection.values()) {
                Pair pair = pairs.get(p.in(config, l).module());
                scales[i++] = pair == null ? 0 : pair.scale();
            }
        }
        return scales;
    }

    @Override
    public void close() {
        scope.close();
    }
}
