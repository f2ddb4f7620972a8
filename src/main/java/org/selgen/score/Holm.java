package org.selgen.score;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Corrects for many comparisons: whoever calls those below 0.05 different errs in one or more of them with a probability of at
 * most 0.05, however they depend on each other.
 * <pre>  p̃_(i) = max over j ≤ i of min(1, (m − j + 1) p_(j))      in growing order of p, i = 1 … m </pre>
 * Source: S. Holm, Scand. J. Statist. 6 (1979) 65.
 */
public final class Holm {
    private Holm() {}

    /** Corrected probabilities, in the order of those given. */
    public static List<Double> corrected(List<Double> p) {
        List<Integer> order = IntStream.range(0, p.size())
                .boxed()
                .sorted(Comparator.comparingDouble(p::get))
                .collect(Collectors.toList());
        List<Double> corrected = new ArrayList<>(p);
        double greatest = 0;
        for (int i = 0; i < order.size(); i++) {
            greatest = Math.max(greatest, Math.min(1, (p.size() - i) * p.get(order.get(i))));
            corrected.set(order.get(i), greatest);
        }
        return corrected;
    }
}
