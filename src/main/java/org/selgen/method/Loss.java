package org.selgen.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.selgen.tensor.Tensor;

/**
 * The loss of a micro-batch and its parts.
 * <pre>  L = Σ weight · term   over the minimised terms </pre>
 *
 * @param minimised what is minimised
 * @param task cross-entropy on the task rows, as shown
 * @param own the method's own term before it is weighted, as shown; where there is one
 * @param apart whether the method's direction needs the gradient of each term, not that of L alone
 * @param onePass whether several terms come from one pass of the model, whose graph must stay for the last of them
 */
public record Loss(
        List<Weighted> minimised, Term task, @Nullable Term own, boolean apart, boolean onePass) {
    /** Of terms that have a pass each. */
    public Loss(List<Weighted> minimised, Term task, @Nullable Term own, boolean apart) {
        this(minimised, task, own, apart, false);
    }

    /** A term and its weight. */
    public record Weighted(float weight, Term term) {}

    /** The task alone. */
    public static Loss of(Term task) {
        return new Loss(List.of(new Weighted(1, task)), task, null, false);
    }

    /** {@code task + weight · own}. */
    public static Loss of(Term task, float weight, Term own) {
        return new Loss(List.of(new Weighted(1, task), new Weighted(weight, own)), task, own, false);
    }

    /** {@code task} alone, with {@code own} as a term whose gradient is needed and which is not minimised. */
    public static Loss apart(Term task, Term own) {
        return new Loss(List.of(new Weighted(1, task), new Weighted(0, own)), task, own, true);
    }

    /** The same with one more term, which is not shown. */
    public Loss plus(float weight, Term more) {
        List<Weighted> terms = new ArrayList<>(minimised);
        terms.add(new Weighted(weight, more));
        return new Loss(List.copyOf(terms), task, own, apart, onePass);
    }

    /** The same, where all terms come from one pass of the model. */
    public Loss ofOnePass() {
        return new Loss(minimised, task, own, apart, true);
    }

    /** L of this micro-batch; a scalar. */
    public Tensor total() {
        Tensor total = null;
        for (Weighted each : minimised) {
            Tensor mean = each.term.mean();
            Tensor part = each.weight == 1 ? mean : mean.times(each.weight);
            total = total == null ? part : total.plus(part);
        }
        return Objects.requireNonNull(total);
    }

    /** The method's own term, where there is one. */
    public Optional<Tensor> ownMean() {
        return Optional.ofNullable(own).map(Term::mean);
    }
}
