package org.selgen.method;

import java.util.List;
import java.util.Map;
import org.selgen.data.Default;
import org.selgen.data.RangeCheck;
import org.selgen.lm.Adapter;
import org.selgen.lm.CausalLM;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.Tensors;

/**
 * Learn the proxy first, in an adapter of its own; then the task in a second one whose directions are kept orthogonal to
 * the first's. Both are active in the result.
 * <pre>
 *   L = CE(T) + λ₁ Σ over modules of Σ_ij |A_proxy A_taskᵀ|_ij + λ₂ Σ over modules of (‖A_task‖_F + ‖B_task‖_F)
 * </pre>
 *
 * <p>Source: Wang et al. 2023 (O-LoRA), equation 8, in the form of its code: absolute values instead of squares, and
 * unsquared Frobenius norms. The result is written as one PEFT adapter of the two ranks' sum, which computes the same.
 *
 * @param lambda λ₁, at least 0
 * @param decay λ₂, at least 0
 */
public record OLora(float lambda, @Default("0") float decay) implements Method {
    public OLora {
        RangeCheck.atLeast(0, lambda, "o-lora.lambda");
        RangeCheck.atLeast(0, decay, "o-lora.decay");
    }

    @Override
    public List<Artefact> needs() {
        return List.of(Artefact.PROXY_ADAPTER);
    }

    @Override
    public int ranks() {
        return 2; // the proxy's adapter beside the task's
    }

    @Override
    public Adapter begin(Prerequisites made) {
        return made.fresh().over(made.adapter(Artefact.PROXY_ADAPTER));
    }

    @Override
    public Adapter finish(Adapter trained, Prerequisites made) {
        return trained.joined();
    }

    @Override
    public Loss loss(CausalLM lm, Step step) {
        Term task = Term.crossEntropy(lm.forward(step.task()));
        Loss loss = Loss.of(task, lambda, Term.constant(overlap(lm.adapter())));
        return decay == 0 ? loss : loss.plus(decay, Term.constant(size(lm.adapter())));
    }

    /** Σ over modules of Σ |A_proxy A_taskᵀ|; a scalar. */
    static Tensor overlap(Adapter adapter) {
        Map<String, Adapter.Pair> frozen = adapter.below();
        Tensor total = Tensor.scalar(0);
        for (Map.Entry<String, Adapter.Pair> pair : adapter.pairs().entrySet()) {
            Adapter.Pair proxy = frozen.get(pair.getKey());
            if (proxy != null) {
                total = total.plus(
                        proxy.a().matmul(pair.getValue().a().transpose()).abs().sum());
            }
        }
        return total;
    }

    /** Σ over modules of ‖A‖_F + ‖B‖_F; a scalar. */
    static Tensor size(Adapter adapter) {
        Tensor total = Tensor.scalar(0);
        for (Adapter.Pair pair : adapter.pairs().values()) {
            total = total.plus(Tensors.frobenius(pair.a())).plus(Tensors.frobenius(pair.b()));
        }
        return total;
    }
}
