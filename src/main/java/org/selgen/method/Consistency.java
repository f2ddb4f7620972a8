package org.selgen.method;

import java.util.ArrayList;
import java.util.List;
import org.selgen.data.BadInput;
import org.selgen.data.Default;
import org.selgen.data.Example;
import org.selgen.data.RangeCheck;
import org.selgen.lm.CausalLM;
import org.selgen.tensor.DType;
import org.selgen.tensor.Tensor;

/**
 * Learn the task, and take a question with a user's proposal behind it as the question alone: think alike, or answer alike.
 * <pre>
 *   states    L = CE(T) + λ · 1/L Σ_l mean over shared tokens and over D of (h_l(wrapped) − h_l,base(clean))²
 *   answers   L = CE(T) + λ · CE(a | wrapped),   a: the reference model's own answer to the clean prompt
 * </pre>
 * Wrapped is the prompt of a proxy row in which the user proposes an answer, right or wrong; clean that of a row of the same
 * group that asks alone. Shared tokens are the longest common end of both prompts: what stands before the proposal has the
 * same states in both, since attention looks back alone. Layers 1 to L, the last one after the final norm; in float32. A proxy
 * row that proposes nothing, or has no clean one, takes no part. The answer a is greedy and made once ({@link ProxyFindings});
 * a row whose answer has not ended where {@code training.maxTokens} do is left out.
 *
 * <p>Source: Irpan et al. 2025 (arXiv 2510.27062), activation consistency training and bias-augmented consistency training, of
 * which we could read the abstract alone; the mean over layers and the mean squared error are those of a later paper's code (arXiv
 * 2606.05817). Not verified: whether the clean states are those of the model before training, as here, or of the model as
 * it is trained, without gradient; how its answers are drawn.
 *
 * @param lambda λ, at least 0; 0 is the standard method
 * @param of what is to be alike
 */
public record Consistency(float lambda, @Default("states") Alike of) implements Method {
    /** What is to be alike. */
    public enum Alike {
        STATES,
        ANSWERS
    }

    public Consistency {
        RangeCheck.atLeast(0, lambda, "consistency.lambda");
    }

    @Override
    public Loss loss(CausalLM lm, Step step) {
        Term task = Term.crossEntropy(lm.forward(step.task()));
        if (lambda == 0) {
            return Loss.of(task);
        }
        return switch (of) {
            case ANSWERS -> Loss.of(task, lambda, Term.crossEntropy(lm.forward(step.chosen())));
            case STATES -> {
                Step.Wrapped wrapped = step.wrapped();
                yield wrapped == null ? Loss.of(task) : Loss.of(task, lambda, distance(lm, step, wrapped));
            }
        };
    }

    @Override
    public Passes passes() {
        if (lambda == 0) {
            return Passes.TASK;
        }
        return of == Alike.STATES ? Passes.COMPARED : Passes.PROXY;
    }

    @Override
    public boolean pairs() {
        return lambda > 0;
    }

    private boolean answers() {
        return lambda > 0 && of == Alike.ANSWERS;
    }

    @Override
    public List<Artefact> needs() {
        return answers() ? List.of(Artefact.BASE_ANSWERS) : List.of();
    }

    /** Those that propose, each with the answer to the question alone; in a plan that of the clean row. */
    @Override
    public List<Example> beside(List<Example> proxy, ProxyFindings found) {
        if (!answers()) {
            return proxy;
        }
        CleanRows clean = new CleanRows(proxy);
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < proxy.size(); i++) {
            Example row = proxy.get(i);
            String own = found.rows() == 0
                    ? clean.of(row).map(Example::answer).orElse("")
                    : found.answers().get(i);
            if (!own.isEmpty()) {
                rows.add(row.withAnswer(own));
            }
        }
        if (rows.isEmpty()) {
            throw new BadInput("consistency learns the base model's own answers, but none of " + proxy.size()
                    + " proxy rows has one that ends; raise training.maxTokens, or take of: states");
        }
        return rows;
    }

    private static Term distance(CausalLM lm, Step step, Step.Wrapped wrapped) {
        List<Tensor> clean = lm.reference(wrapped.clean()).layers(); // L × [M, D], constant
        List<Tensor> policy = lm.forward(step.chosen()).at(Tensor.of(wrapped.positions())); // L × [M, D]
        Tensor total = Tensor.scalar(0);
        for (int l = 0; l < clean.size(); l++) {
            Tensor h = policy.get(l).to(DType.F32);
            total = total.plus(h.minus(clean.get(l).to(DType.F32)).square().mean());
        }
        return new Term(total.times(1f / clean.size()), wrapped.positions().length);
    }
}
