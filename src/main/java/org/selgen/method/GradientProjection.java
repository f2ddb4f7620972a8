package org.selgen.method;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.selgen.data.Default;
import org.selgen.data.RangeCheck;
import org.selgen.lm.CausalLM;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.Tensors;

/**
 * Step along the gradient of the task without its component along the gradient of the proxy rows.
 * <pre>
 *   g = g_T − λ g_A,   λ = ⟨g_T, g_A⟩ / (‖g_A‖² + 1e−16),   g_T = ∇CE(T),
 *   g_A = ∇CE(A), or with {@code proxy: kl} the gradient of KL(p_θ ‖ p_base) on A, as in {@link KlPenalty}
 * </pre>
 * Both gradients are those of the whole step, over all its micro-batches. The projection comes before clipping and AdamW,
 * so the step itself need not be orthogonal to g_A. The proxy's loss is never minimised.
 *
 * <p>Source: the research code's strict projection per tensor ({@code scope: per-parameter, when: always}); with
 * {@code when: conflict} it is PCGrad's rule (Yu et al. 2020, algorithm 1), λ ← min(λ, 0). That with {@code proxy: kl} is
 * SafeGrad's (arXiv 2508.07172, of which we could read the abstract alone): the divergence from the base model has no
 * gradient at the first step, so that step is not projected.
 *
 * <p>With {@code every} or {@code rank} above 1, g_A is taken at each n-th step alone, and the last r of them are kept:
 * <pre>
 *   v_1 = the newest,   v_k = the k-th newest − Σ_{j<k} ⟨it, v_j⟩ / (‖v_j‖² + 1e−16) · v_j
 *   g ← g − ⟨g, v_k⟩ / (‖v_k‖² + 1e−16) · v_k   for k = 1 … r
 * </pre>
 * Source: OGPSA (arXiv 2602.07892), by its code, which projects each tensor against one or two such gradients and refreshes them
 * every so many steps; we could not read the paper's text. Departure: there a reference gradient is taken over some hundred
 * rows, of general data; here over the proxy rows of one step, so that it costs no pass of its own.
 *
 * @param scope one λ for the whole gradient, or one for each tensor
 * @param when always, or only where the two gradients conflict
 * @param proxy whose gradient g_A is
 * @param every n, at least 1
 * @param rank r, 1 to {@value #HIGHEST}
 */
public record GradientProjection(
        ProductScope scope,
        When when,
        @Default("cross-entropy") Proxy proxy,
        @Default("1") int every,
        @Default("1") int rank)
        implements Method {
    private static final int HIGHEST = 64;
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

    /** What the proxy rows are to keep. */
    public enum Proxy {
        /** The aligned answers. */
        CROSS_ENTROPY,
        /** The base model's predictions at them. */
        KL
    }

    /** By the proxy's cross-entropy. */
    public GradientProjection(ProductScope scope, When when) {
        this(scope, when, Proxy.CROSS_ENTROPY, 1, 1);
    }

    public GradientProjection {
        RangeCheck.atLeast(1, every, "gradient-projection.every");
        RangeCheck.within(1, HIGHEST, rank, "gradient-projection.rank");
    }

    @Override
    public Loss loss(CausalLM lm, Step step) {
        Term task = Term.crossEntropy(lm.forward(step.task()));
        if (step.number() % every != 0) {
            return Loss.of(task);
        }
        return Loss.apart(
                task,
                switch (proxy) {
                    case CROSS_ENTROPY -> Term.crossEntropy(lm.forward(step.proxy()));
                    case KL -> KlPenalty.divergence(lm, step);
                });
    }

    @Override
    public Passes passes() {
        return (proxy == Proxy.KL ? Passes.COMPARED : Passes.PROXY).every(every);
    }

    @Override
    public int remembers() {
        return every == 1 && rank == 1 ? 0 : rank;
    }

    @Override
    public List<Tensor> direction(Accumulation step, GradientMemory memory) {
        if (remembers() == 0) {
            return project(step.gradients().get(0), step.gradients().subList(1, 2));
        }
        int taken = memory.step() / every; // before the newest
        if (memory.step() % every == 0) {
            List<Tensor> newest = memory.gradients().get(taken % rank);
            for (int i = 0; i < newest.size(); i++) {
                newest.get(i).assign(step.gradients().get(1).get(i));
            }
        }
        List<List<Tensor>> kept = IntStream.rangeClosed(0, Math.min(taken, rank - 1))
                .mapToObj(back -> memory.gradients().get((taken - back) % rank))
                .toList();
        return project(step.gradients().get(0), kept);
    }

    /** g without its components along other gradients, the newest first; all are given tensor by tensor. */
    List<Tensor> project(List<Tensor> task, List<List<Tensor>> others) {
        List<List<Tensor>> basis = new ArrayList<>();
        for (List<Tensor> other : others) {
            List<Tensor> left = other;
            for (List<Tensor> before : basis) {
                left = without(left, before, along(left, before));
            }
            basis.add(left);
        }
        List<Tensor> left = task;
        for (List<Tensor> v : basis) {
            DoubleStream lambdas = Arrays.stream(along(left, v));
            left = without(left, v, (when == When.CONFLICT ? lambdas.map(l -> Math.min(l, 0)) : lambdas).toArray());
        }
        return left;
    }

    private static List<Tensor> without(List<Tensor> x, List<Tensor> v, double[] lambda) {
        return IntStream.range(0, x.size())
                .mapToObj(i -> x.get(i).minus(v.get(i).times((float) lambda[i])))
                .toList();
    }

    /** ⟨x, v⟩ / (‖v‖² + 1e−16) for each tensor, or of all together for each; one read from the device. */
    private double[] along(List<Tensor> x, List<Tensor> v) {
        double[] both = Tensors.dots(joined(x, v), joined(v, v));
        int n = x.size();
        double all = sum(both, 0, n) / (sum(both, n, 2 * n) + EPS);
        return IntStream.range(0, n)
                .mapToDouble(i -> scope == ProductScope.GLOBAL ? all : both[i] / (both[n + i] + EPS))
                .toArray();
    }

    private static List<Tensor> joined(List<Tensor> x, List<Tensor> y) {
        return Stream.concat(x.stream(), y.stream()).toList();
    }

    /** In this order, without compensation: {@code DoubleStream.sum} would give other bits. */
    private static double sum(double[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i];
        }
        return sum;
    }
}
