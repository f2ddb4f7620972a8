package org.selgen.method;

import java.util.ArrayList;
import java.util.List;
import org.selgen.tensor.Autograd;
import org.selgen.tensor.Scope;
import org.selgen.tensor.Tensor;
import org.selgen.tensor.Tensors;

/**
 * Loss and gradients of one optimizer step, summed over its micro-batches. Each term counts by its own number, so that
 * the step is that of the whole batch, whatever the sizes of its micro-batches.
 * <pre>  g_k = Σ_m n_km ∇mean_km / Σ_m n_km </pre>
 * It holds one gradient a term, however many micro-batches there are. A step of one micro-batch has one gradient, that
 * of the whole loss, unless the method needs its terms {@linkplain Loss#apart() apart}: one backward pass, not one a term.
 */
public final class Accumulation implements AutoCloseable {
    private final List<Tensor> parameters;
    private final int parts;
    private final List<Float> weights = new ArrayList<>();
    private final List<Mean> terms = new ArrayList<>();
    private final List<List<Tensor>> gradients = new ArrayList<>();
    private final Mean task = new Mean();
    private final Mean own = new Mean();
    private Scope scope = Scope.detached(); // owns the gradients

    /**
     * @param parameters what the gradients are taken with respect to
     * @param parts number of micro-batches that will be added
     */
    public Accumulation(List<Tensor> parameters, int parts) {
        this.parameters = parameters;
        this.parts = parts;
    }

    /** A mean that is joined from the means of parts. */
    private static final class Mean {
        private double value;
        private double count;

        /** Takes in a part, and gives its share of what there is now. */
        double add(double mean, double n) {
            count += n;
            double share = n / count;
            value = share == 1 ? mean : value + share * (mean - value);
            return share;
        }
    }

    /** Takes in a micro-batch; its tensors are no longer needed. */
    public void add(Loss loss) {
        List<Tensor> all = new ArrayList<>();
        List<Loss.Weighted> minimised = parts == 1 && !loss.apart()
                ? List.of(new Loss.Weighted(1, Term.constant(loss.total())))
                : loss.minimised();
        for (int k = 0; k < minimised.size(); k++) {
            Loss.Weighted weighted = minimised.get(k);
            if (terms.size() == k) {
                weights.add(weighted.weight());
                terms.add(new Mean());
                gradients.add(List.of());
            }
            List<Tensor> fresh = Autograd.gradients(weighted.term().mean(), parameters);
            double share = add(terms.get(k), weighted.term());
            List<Tensor> joined = share == 1
                    ? fresh
                    : Tensors.sums(Tensors.scaled(gradients.get(k), (float) (1 - share)), Tensors.scaled(fresh, (float)
                            share));
            gradients.set(k, joined);
            all.addAll(joined);
        }
        add(task, loss.task());
        if (loss.own() != null) {
            add(own, loss.own());
        }
        Scope next = Scope.detached();
        next.keep(all);
        scope.close(); // the gradients before this micro-batch
        scope = next;
    }

    private static double add(Mean mean, Term term) {
        return mean.add(term.mean().item(), term.count());
    }

    /** The weight of each minimised term. */
    public List<Float> weights() {
        return weights;
    }

    /** g_k of each minimised term: one tensor for each parameter. */
    public List<List<Tensor>> gradients() {
        return gradients;
    }

    /** What is minimised, over the whole step. */
    public double total() {
        double total = 0;
        for (int k = 0; k < terms.size(); k++) {
            total += weights.get(k) * terms.get(k).value;
        }
        return total;
    }

    /** Cross-entropy on the task rows of the step. */
    public double task() {
        return task.value;
    }

    /** The method's own term over the step; 0 where it has none. */
    public double own() {
        return own.value;
    }

    @Override
    public void close() {
        scope.close();
    }
}
