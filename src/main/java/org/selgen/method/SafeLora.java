package org.selgen.method;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;
import org.selgen.data.Default;
import org.selgen.data.RangeCheck;
import org.selgen.lm.Adapter;
import org.selgen.lm.CausalLM;
import org.selgen.lm.Decoder;
import org.selgen.lm.LanguageModel.ModelFit;
import org.selgen.tensor.Autograd;
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
 *   C = U Uᵀ, U the first left singular vectors of V            (projector: orthogonal, a true projection)
 *   B ← C B   where cos(C B A, B A) is among the {@code layers} smallest of all modules, or at most {@code threshold}
 * </pre>
 * Nothing is trained: the run begins from the adapter of the standard method with the same seed, so that a sweep over
 * {@code layers} costs one training.
 *
 * <p>Source: Hsu et al. 2024 (Safe LoRA), equations 1 to 3, and its code for the order of modules and for the threshold. Its
 * C is no projector, since ‖V‖_F stands once and not squared; {@code projector: orthogonal} is ours. The first k singular
 * directions as what carries safety are those of Wei et al. 2024 (ActSVD), who take them of activations. Departure from the
 * research code: there V comes from a proxy adapter after five warm-up steps of a model that was never aligned.
 *
 * <p>Modules are taken one after the other, each in a scope of its own.
 *
 * @param layers how many modules (linear layers) are projected, at least 0; absent where {@code threshold} chooses them
 * @param threshold the highest cosine of a module that is projected, −1 to 1, of cosines rounded to 5 decimals as in its code;
 *     absent where {@code layers} chooses them
 * @param projector the paper's C, or a true projection
 * @param directions number of singular vectors in U, for {@code projector: orthogonal}, at least 1; absent for all whose
 *     singular value is above 1e−5 of the largest. Fewer than the module has outputs, since all of them would project nothing
 * @param plane where V comes from: an unaligned sibling of the base model, or an adapter trained on the proxy rows
 */
public record SafeLora(
        @Nullable Integer layers,
        @Nullable Float threshold,
        @Default("paper") Projector projector,
        @Nullable Integer directions,
        Plane plane)
        implements Method {
    private static final double DECIMALS = 1e5; // 5 of them

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
        if ((layers == null) == (threshold == null)) {
            throw new BadInput("safe-lora has layers " + layers + " and threshold " + threshold
                    + " but exactly one of them chooses the modules; "
                    + (layers == null ? "add one of them" : "leave one out"));
        }
        if (layers != null) {
            RangeCheck.atLeast(0, layers, "safe-lora.layers");
        } else {
            RangeCheck.within(-1, 1, threshold, "safe-lora.threshold");
        }
        if (directions != null) {
            RangeCheck.atLeast(1, directions, "safe-lora.directions");
            if (projector != Projector.ORTHOGONAL) {
                throw new BadInput("safe-lora.directions is " + directions + " but the paper's projector takes all of"
                        + " them; set projector: orthogonal, or leave it out");
            }
        }
    }

    /** By number of modules, with all directions. */
    public SafeLora(int layers, Projector projector, Plane plane) {
        this(layers, null, projector, null, plane);
    }

    @Override
    public Loss loss(CausalLM lm, Step step) {
        return new Standard().loss(lm, step);
    }

    @Override
    public void check(ModelFit model) {
        check(model.modules());
    }

    private void check(int modules) {
        if (layers != null && layers > modules) {
            throw new BadInput(
                    "safe-lora.layers is " + layers + " but the adapter has only " + modules + " modules; change it");
        }
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
        return projected(trained, module -> plane(module, made), made.working());
    }

    /** V of a module, {@code [out, in]}; float32. */
    private Tensor plane(String module, Prerequisites made) {
        return switch (plane) {
            case UNALIGNED_BASE -> weight(made.base(), module).minus(weight(made.unalignedBase(), module));
            case PROXY_ADAPTER -> {
                Adapter.Pair pair = Objects.requireNonNull(
                        made.adapter(Artefact.PROXY_ADAPTER).pairs().get(module),
                        () -> "the proxy's adapter has no " + module);
                yield pair.b().detach().matmul(pair.a().detach()).times(pair.scale());
            }
        };
    }

    private static Tensor weight(Decoder model, String module) {
        return Objects.requireNonNull(model.weights().get(module + ".weight"), () -> "the model has no " + module)
                .to(DType.F32);
    }

    /**
     * A module's change after projection.
     *
     * @param b C B, {@code [out, r]}
     * @param cosine how far it is from the change before
     */
    record Projection(String module, Tensor b, double cosine) {}

    /**
     * The adapter with its least aligned modules projected.
     *
     * @param plane V of a module, {@code [out, in]}
     * @param working is called after each module
     */
    public Adapter projected(Adapter adapter, Function<String, Tensor> plane, Runnable working) {
        check(adapter.pairs().size());
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> chosen = chosen(projections(adapter, plane, scope, working))
                    .collect(Collectors.toMap(Projection::module, Projection::b));
            Map<String, Adapter.Pair> pairs = new LinkedHashMap<>();
            adapter.pairs().forEach((module, pair) -> {
                Tensor b = chosen.getOrDefault(module, pair.b());
                pairs.put(module, new Adapter.Pair(pair.a().leaf(), b.leaf(), pair.scale()));
            });
            return Adapter.of(pairs);
        }
    }

    private Stream<Projection> chosen(List<Projection> all) {
        return threshold == null
                ? all.stream()
                        .sorted(Comparator.comparingDouble(Projection::cosine))
                        .limit(Objects.requireNonNull(layers))
                : all.stream().filter(each -> Math.round(each.cosine() * DECIMALS) / DECIMALS <= written(threshold));
    }

    /** The number as it is written, which a float that is widened is not. */
    private static double written(float value) {
        return Double.parseDouble(Float.toString(value));
    }

    /** C B and cos(C B A, B A) of each module, in the adapter's order; they belong to the scope. */
    List<Projection> projections(Adapter adapter, Function<String, Tensor> plane, Scope kept, Runnable working) {
        List<Projection> projections = new ArrayList<>();
        Autograd.off(() -> adapter.pairs().forEach((module, pair) -> {
            try (Scope temporary = Scope.open()) {
                Tensor b = project(module, plane.apply(module), pair.b()); // [out, r]
                projections.add(new Projection(module, kept.keep(b), cosine(b, pair)));
            }
            working.run();
        }));
        return projections;
    }

    /** cos(C B A, B A). */
    private static double cosine(Tensor projected, Adapter.Pair pair) {
        Tensor before = pair.b().matmul(pair.a()); // [out, in]
        Tensor after = projected.matmul(pair.a());
        double dot = before.dot(after).item();
        double norms = Math.sqrt(before.dot(before).item() * after.dot(after).item());
        return norms == 0 ? 0 : dot / norms;
    }

    /** C B, without making C: {@code [out, r]}. */
    Tensor project(String module, Tensor plane, Tensor b) {
        return switch (projector) {
            case PAPER -> plane.matmul(plane.transpose().matmul(b)).dividedBy(Tensors.frobenius(plane));
            case ORTHOGONAL -> {
                Tensor u = Tensors.orthonormal(plane, directions == null ? 0 : directions); // [out, k]
                long[] shape = u.shape();
                if (shape[0] == shape[1]) {
                    throw new BadInput("safe-lora.projector is orthogonal but the plane of " + module + " has all "
                            + shape[0] + " directions, so that projecting changes nothing; set safe-lora.directions"
                            + " below " + shape[0] + ", or plane: proxy-adapter");
                }
                yield u.matmul(u.transpose().matmul(b));
            }
        };
    }
}
