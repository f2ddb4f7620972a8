package org.selgen.method;

import java.util.List;
import org.selgen.lm.CausalLM;
import org.selgen.tensor.Tensor;

/**
 * Fine-tune on task and proxy rows as if they were one dataset.
 * <pre>  L = CE(T ∪ A) = (n_T CE(T) + n_A CE(A)) / (n_T + n_A),   n the number of answer tokens </pre>
 *
 * <p>Departure from the research code: it shuffles one joined dataset, so that the share of proxy rows in a step varies
 * and steps are not matched with those of other methods. Here each step has proxy rows in proportion to its task rows.
 */
public record Mixed() implements Method {
    @Override
    public Loss loss(CausalLM lm, Step step) {
        Term task = Term.crossEntropy(lm.forward(step.task()));
        Term proxy = Term.crossEntropy(lm.forward(step.proxy()));
        double tokens = task.count() + proxy.count();
        Tensor mean = task.mean()
                .times((float) (task.count() / tokens))
                .plus(proxy.mean().times((float) (proxy.count() / tokens)));
        return new Loss(List.of(new Loss.Weighted(1, new Term(mean, tokens))), task, proxy, false);
    }

    @Override
    public Passes passes() {
        return Passes.PROXY;
    }
}
