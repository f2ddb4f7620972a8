package org.selgen.method;

import java.util.List;
import org.selgen.lm.CausalLM;
import org.selgen.tensor.Tensor;

/** The direction of a step, for tests. */
public final class Directions {
    private Directions() {}

    /** Of a step of these micro-batches; the tensors belong to the current scope. */
    public static List<Tensor> of(Method method, CausalLM lm, List<Step> micro) {
        try (Accumulation sum = new Accumulation(lm.adapter().parameters(), micro.size())) {
            for (Step step : micro) {
                sum.add(method.loss(lm, step));
            }
            return copies(method.direction(sum, GradientMemory.NONE));
        }
    }

    /** Of a term alone. */
    static List<Tensor> of(CausalLM lm, Tensor term) {
        try (Accumulation sum = new Accumulation(lm.adapter().parameters(), 1)) {
            sum.add(Loss.of(Term.constant(term)));
            return copies(new Standard().direction(sum, GradientMemory.NONE));
        }
    }

    /** Those of the sum are freed with it. */
    private static List<Tensor> copies(List<Tensor> tensors) {
        return tensors.stream().map(tensor -> tensor.times(1)).toList();
    }
}
