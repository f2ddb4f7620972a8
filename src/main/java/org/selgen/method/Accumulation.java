package org.selgen.method;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selgen.tensor.ActivationCheckpointing;
import org.selgen.tensor.Autograd;
import org.selgen.tensor.Cores;
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
     * @param parts number of micro-batches, or of parts of them, that will be added
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
        double add(Counted part) {
            count += part.count();
            double share = part.count() / count;
            value = share == 1 ? part.mean() : value + share * (part.mean() - value);
            return share;
        }
    }

    /** A number that is the mean of so many. */
    private record Counted(double mean, double count) {
        /** Of terms whose means are read together, once. */
        static List<Counted> of(List<Term> terms) {
            double[] means = Tensors.items(terms.stream().map(Term::mean).toList());
            return IntStream.range(0, means.length)
                    .mapToObj(i -> new Counted(means[i], terms.get(i).count()))
                    .toList();
        }
    }

    /** A minimised term of some rows: its weight, its mean, and that one's gradient. */
    private record Minimised(float weight, Counted mean, List<Tensor> gradient) {}

    /** All that the step needs of some rows; owns its gradients. */
    private record Part(
            List<Minimised> minimised,
            Counted task,
            @Nullable Counted own,
            Scope gradients) implements AutoCloseable {
        @Override
        public void close() {
            gradients.close();
        }
    }

    /** Takes in a micro-batch; its tensors are no longer needed. */
    public void add(Loss loss) {
        try (Part part = part(loss, Autograd::gradients, Autograd::gradientsOfSeveral)) {
            add(part);
        }
    }

    /**
     * Takes in a micro-batch whose rows are dealt to {@code count} parts, which are worked out on as many idle
     * {@linkplain Cores cores} as there are, and joined in their order.
     *
     * @param loss of a part, from 0
     */
    public void add(int count, IntFunction<Loss> loss) {
        try (InOrder parts = new InOrder()) {
            Cores.each(count, i -> parts.add(i, part(loss, i)));
        }
    }

    private Part part(IntFunction<Loss> loss, int number) {
        try (Scope temporary = Scope.open();
                ActivationCheckpointing pass = ActivationCheckpointing.open()) {
            return part(loss.apply(number), pass::gradients, pass::gradientsOfSeveral);
        }
    }

    /** Takes in parts in their order, each as soon as those before it are there, so that few have gradients of their own. */
    private final class InOrder implements AutoCloseable {
        private final Map<Integer, Part> waiting = new HashMap<>();
        private int next;

        synchronized void add(int number, Part part) {
            waiting.put(number, part);
            while (waiting.containsKey(next)) {
                try (Part ready = waiting.remove(next++)) {
                    Accumulation.this.add(ready);
                }
            }
        }

        @Override
        public void close() {
            waiting.values().forEach(Part::close);
        }
    }

    /** @param keeping a gradient that leaves the graph as it is */
    private Part part(
            Loss loss,
            BiFunction<Tensor, List<Tensor>, List<Tensor>> gradient,
            BiFunction<Tensor, List<Tensor>, List<Tensor>> keeping) {
        List<Loss.Weighted> terms = parts == 1 && !loss.apart()
                ? List.of(new Loss.Weighted(1, Term.constant(loss.total())))
                : loss.minimised();
        List<List<Tensor>> slopes = new ArrayList<>();
        for (Loss.Weighted each : terms) {
            boolean more = loss.onePass() && slopes.size() + 1 < terms.size();
            slopes.add((more ? keeping : gradient).apply(each.term().mean(), parameters));
        }
        int n = terms.size();
        List<Counted> means = Counted.of(Stream.of(
                        terms.stream().map(Loss.Weighted::term), Stream.of(loss.task()), Stream.ofNullable(loss.own()))
                .flatMap(some -> some)
                .toList());
        Scope gradients = Scope.detached();
        slopes.forEach(gradients::keep);
        return new Part(
                IntStream.range(0, n)
                        .mapToObj(i -> new Minimised(terms.get(i).weight(), means.get(i), slopes.get(i)))
                        .toList(),
                means.get(n),
                loss.own() == null ? null : means.get(n + 1),
                gradients);
    }

    private void add(Part part) {
        Scope next = Scope.detached();
        try (Scope temporary = Scope.open()) {
            for (int k = 0; k < part.minimised().size(); k++) {
                Minimised term = part.minimised().get(k);
                if (terms.size() == k) {
                    weights.add(term.weight());
                    terms.add(new Mean());
                    gradients.add(List.of());
                }
                float share = (float) terms.get(k).add(term.mean());
                List<Tensor> joined = share == 1
                        ? term.gradient()
                        : Tensors.sums(
                                Tensors.scaled(gradients.get(k), 1 - share), Tensors.scaled(term.gradient(), share));
                gradients.set(k, next.keep(joined));
            }
            gradients.subList(part.minimised().size(), gradients.size()).forEach(next::keep); // terms of other rows
        }
        task.add(part.task());
        if (part.own() != null) {
            own.add(part.own());
        }
        scope.close(); // the gradients before this part
        scope = next;
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
