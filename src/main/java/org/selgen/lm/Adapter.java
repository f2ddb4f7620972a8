package org.selgen.lm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.selgen.data.BadInput;
import org.selgen.tensor.DType;
import org.selgen.tensor.MappedTensor;
import org.selgen.tensor.SafetensorsFile.Item;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.Tensors;

/**
 * Low-rank changes of a decoder's linear layers (LoRA, Hu et al. 2021).
 * <pre>  y = W x + s · B A x,   A [r, in], B [out, r],   s = α / r, or α / √r (rsLoRA, Kalajdzievski 2023) </pre>
 * A fresh one draws A uniformly within ±1/√in, as PEFT does, and has B = 0, so it changes nothing.
 */
public final class Adapter implements AutoCloseable {
    /** One layer's pair. */
    public record Pair(Tensor a, Tensor b, float scale) {}

    private final Map<String, Pair> pairs; // by module name, in layer order
    private final Scope scope;

    private Adapter(Map<String, Pair> pairs, Scope scope) {
        this.pairs = pairs;
        this.scope = scope;
    }

    /** The adapter that changes nothing. */
    public static Adapter none() {
        return new Adapter(Map.of(), Scope.detached());
    }

    /** An adapter made of given pairs, which move to it. */
    public static Adapter of(Map<String, Pair> pairs) {
        Scope scope = Scope.detached();
        pairs.values().forEach(pair -> {
            scope.keep(pair.a());
            scope.keep(pair.b());
        });
        return new Adapter(new LinkedHashMap<>(pairs), scope);
    }

    /** An untrained adapter; equal seeds give equal ones. */
    public static Adapter fresh(LoraConfig lora, DecoderConfig config, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Pair> pairs = new LinkedHashMap<>();
        try (Scope temporary = Scope.open()) {
            AdapterFiles.shapes(config, lora).forEach((module, shape) -> pairs.put(module, fresh(lora, shape, random)));
            return of(pairs);
        }
    }

    /**
     * Reads an adapter that PEFT or {@link #write} wrote.
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

    /** Writes the adapter in PEFT's format, in float32. */
    public void write(Path folder, PeftConfig config) {
        List<Item> items = new ArrayList<>();
        pairs.forEach((module, pair) -> {
            items.add(item(AdapterFiles.keyA(module), pair.a()));
            items.add(item(AdapterFiles.keyB(module), pair.b()));
        });
        AdapterFiles.write(folder, config, items);
    }

    private static Item item(String name, Tensor tensor) {
        return new Item(name, "F32", tensor.shape(), tensor.bytes(DType.F32));
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

    /** A and B of every pair: what an optimizer moves. */
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

    /** A and B of all projections of all layers, {@code none} where there is no pair. */
    Tensor[] slots(DecoderConfig config, Tensor none) {
        Tensor[] slots = new Tensor[2 * Tensors.PROJECTIONS * config.layers()];
        Arrays.fill(slots, none);
        int i = 0;
        for (int l = 0; l < config.layers(); l++) {
            for (Projection p : Projection.values()) {
                Pair pair = pairs.get(p.module(l));
                if (pair != null) {
                    slots[i] = pair.a();
                    slots[i + 1] = pair.b();
                }
                i += 2;
            }
        }
        return slots;
    }

    /** s of all projections of all layers, 0 where there is no pair. */
    double[] scales(DecoderConfig config) {
        double[] scales = new double[Tensors.PROJECTIONS * config.layers()];
        int i = 0;
        for (int l = 0; l < config.layers(); l++) {
            for (Projection p : Projection.values()) {
                Pair pair = pairs.get(p.module(l));
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
