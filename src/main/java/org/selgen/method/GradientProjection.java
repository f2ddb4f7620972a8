package org.selgen.method;

import java.util.ArrayList;
import java.util.List;
import org.selgen.lm.CausalLM;
import org.selgen.tensor.Tensor;

/**
 * Step along the gradient of the task without its component along the gradient of the proxy rows.
 * <pre>
 *   g = g_T − λ g_A,   λ = ⟨g_T, g_A⟩ / (‖g_A‖² + 1e−16),   g_T = ∇CE(T),  g_A = ∇CE(A)
 * </pre>
 * Both gradients are those of the whole step, over all its micro-batches. The projection comes before clipping and AdamW,
 * so the step itself need not be orthogonal to g_A. The proxy's loss is never minimised.
 *
 * <p>Source: the research code's strict projection per tensor ({@code scope: per-parameter, when: always}); with
 * {@code when: conflict} it is PCGrad's rule (Yu et al. 2020, algorithm 1), λ ← min(λ, 0).
 *
 * @param scope one λ for the whole gradient, or one for each tensor
 * @param when always, or only where the two gradients conflict
 */
public record GradientProjection(ProductScope scope, When when) implements Method {
    private static final double EPS = 1e-16;

    /** The tensors over which an inner product sums. */
    public enum ProductScope {
        GLOBAL,
        PER_PARAMETER
    }

    /** Whether a component that helps the proxy is removed too. */
    public enum When {
        ALWAYS,
        CONFLICT
    }

    @Override
    public Loss loss(CausalLM lm, Step step) {
        Term task = Term.crossEntropy(lm.forward(step.task()));
        return Loss.apart(task, Term.crossEntropy(lm.forward(step.proxy())));
    }

    @Override
    public Passes passes() {
        return Passes.PROXY;
    }

    @Override
    public List<Tensor> direction(Accumulation step) {
        return project(step.gradients().get(0), step.gradients().get(1));
    }

    /** g_T − λ g_A of gradients given tensor by tensor. */
    List<Tensor> project(List<Tensor> task, List<Tensor> proxy) {
        double[] dots = new double[task.size()];
        double[] squares = new double[task.size()];
        for (int i = 0; i < dots.length; i++) {
            dots[i] = task.get(i).dot(proxy.get(i)).item();
            squares[i] = proxy.get(i).dot(proxy.get(i)).item();
        }
        double all = lambda(sum(dots), sum(squares));
        List<Tensor> projected = new ArrayList<>();
        for (int i = 0; i < dots.length; i++) {
            double lambda = scope == ProductScope.GLOBAL ? all : lambda(dots[i], squares[i]);
            projected.add(task.get(i).minus(proxy.get(i).times((float) lambda)));
        }
        return projected;
    }

    private double lambda(double dot, double square) {
        double lambda = dot / (square + EPS);
        return when == When.CONFLICT ? Math.min(lambda, 0) : lambda;
    }

    /** In this order, without compensation: {@code DoubleStream.sum} would give other bits. */
    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
