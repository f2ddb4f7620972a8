package org.selgen.method;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.selgen.data.BadInput;
import org.selgen.data.Default;
import org.selgen.data.RangeCheck;
import org.selgen.lm.Adapter;
import org.selgen.lm.CausalLM;
import org.selgen.lm.Decoder;
import org.selgen.tensor.DType;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.Tensors;

/**
 * Train as usual; then project the layers whose change points away from alignment onto the direction in which alignment
 * moved the weights.
 * <pre>
 *   V = W_aligned − W_unaligned                                 [out, in]
 *   C = V Vᵀ / ‖V‖_F          (projector: paper)
 *   C = U Uᵀ, U the left singular vectors of V                  (projector: orthogonal, a true projection)
 *   B ← C B   where cos(C B A, B A) is among the {@code layers} smallest of all modules
 * </pre>
 * Nothing is trained: the run begins from the adapter of the standard method with the same seed, so that a sweep over
 * {@code layers} costs one training.
 *
 * <p>Source: Hsu et al. 2024 (Safe LoRA), equations 1 to 3, and its code for the order of modules. Its C is no projector,
 * since ‖V‖_F stands once and not squared; {@code projector: orthogonal} is ours. Departure from the research code: there
 * V comes from a proxy adapter after five warm-up steps of a model that was never aligned.
 *
 * @param layers how many modules (linear layers) are projected, at least 0
 * @param projector the paper's C, or a true projection
 * @param plane where V comes from: an unaligned sibling of the base model, or an adapter trained on the proxy rows
 */
public record SafeLora(int layers, @Default("paper") Projector projector, Plane plane) implements Method {
    /** Which C. */
    public enum Projector {
        PAPER,
        ORTHOGONAL
    }

    /** Which V. */
    public enum Plane {
        /** The folder named as the base model's with {@code -unaligned} behind it. */
        UNALIGNED_BASE,
        /** s · B A of an adapter trained on the proxy rows. */
        PROXY_ADAPTER
    }

    public SafeLora {
        RangeCheck.atLeast(0, layers, "safe-lora.layers");
    }

    @Override
    public Loss loss(CausalLM lm, Step step) {
        return new Standard().loss(lm, step);
    }

    @Override
    public boolean trains() {
        return false;
    }

    @Override
    public List<Artefact> needs() {
        return List.of(
                Artefact.STANDARD_ADAPTER,
                switch (plane) {
                    case UNALIGNED_BASE -> Artefact.UNALIGNED_BASE;
                    case PROXY_ADAPTER -> Artefact.PROXY_ADAPTER;
                });
    }

    @Override
    public Adapter begin(Prerequisites made) {
        return made.adapter(Artefact.STANDARD_ADAPTER).copy();
    }

    @Override
    public Adapter finish(Adapter trained, Prerequisites made) {
        try (Scope scope = Scope.open()) {
            return projected(trained, planes(trained, made));
        }
    }

    /** V of each module of the adapter, {@code [out, in]}; float32. */
    private Map<String, Tensor> planes(Adapter adapter, Prerequisites made) {
        Map<String, Tensor> planes = new LinkedHashMap<>();
        switch (plane) {
            case UNALIGNED_BASE ->
                adapter.pairs()
                        .keySet()
                        .forEach(module -> planes.put(
                                module, weight(made.base(), module).minus(weight(made.unalignedBase(), module))));
            case PROXY_ADAPTER ->
                made.adapter(Artefact.PROXY_ADAPTER)
                        .pairs()
                        .forEach((module, pair) -> planes.put(
                                module,
                                pair.b().detach().matmul(pair.a().detach()).times(pair.scale())));
        }
        return planes;
    }

    private static Tensor weight(Decoder model, String module) {
        return model.weights().get(module + ".weight").to(DType.F32);
    }

    /** How far a module's change is from its projection. */
    public record Distance(String module, double cosine) {}

    /**
     * The adapter with its {@code layers} least aligned modules projected.
     *
     * @param planes V of each module, {@code [out, in]}
     */
    public Adapter projected(Adapter adapter, Map<String, Tensor> planes) {
        if (layers > adapter.pairs().size()) {
            throw new BadInput("safe-lora.layers is " + layers + " but the adapter has only "
                    + adapter.pairs().size() + " modules; change it in the run's conf file");
        }
        Map<String, Adapter.Pair> pairs = new LinkedHashMap<>();
        try (Scope scope = Scope.open()) {
            List<String> chosen = distances(adapter, planes).stream()
                    .sorted((x, y) -> Double.compare(x.cosine(), y.cosine()))
                    .limit(layers)
                    .map(Distance::module)
                    .toList();
            adapter.pairs().forEach((module, pair) -> {
                Tensor b = chosen.contains(module) ? project(planes.get(module), pair.b()) : pair.b();
                pairs.put(module, new Adapter.Pair(pair.a().leaf(), b.leaf(), pair.scale()));
            });
            return Adapter.of(pairs);
        }
    }

    /** cos(C B A, B A) of each module, in the adapter's order. */
    List<Distance> distances(Adapter adapter, Map<String, Tensor> planes) {
        List<Distance> distances = new ArrayList<>();
        adapter.pairs().forEach((module, pair) -> {
            Tensor before = pair.b().matmul(pair.a()); // [out, in]
            Tensor after = project(planes.get(module), pair.b()).matmul(pair.a());
            double norms =
                    Math.sqrt(before.dot(before).item() * after.dot(after).item());
            distances.add(
                    new Distance(module, norms == 0 ? 0 : before.dot(after).item() / norms));
        });
        return distances;
    }

    /** C B, without making C: {@code [out, r]}. */
    Tensor project(Tensor plane, Tensor b) {
        return switch (projector) {
            case PAPER -> plane.matmul(plane.transpose().matmul(b)).dividedBy(Tensors.frobenius(plane));
            case ORTHOGONAL -> {
                Tensor u = Tensors.orthonormal(plane); // [out, k]
                yield u.matmul(u.transpose().matmul(b));
            }
        };
    }
}
