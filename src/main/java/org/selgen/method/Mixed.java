package org.selgen.method;

import org.selgen.lm.CausalLM;
import org.selgen.lm.Forward;
import org.selgen.tensor.Tensor;

/**
 * Fine-tune on task and proxy rows as if they were one dataset.
 * <pre>  L = CE(T ∪ A) = (n_T CE(T) + n_A CE(A)) / (n_T + n_A),   n the number of answer tokens </pre>
 *
 * <p>Departure from the research code: it shuffles one joined dataset, so that the share of proxy rows in a step varies
 * and steps are not matched with those of other methods. Here each step has its fixed number of proxy rows.
 */
public record Mixed() implements Method {
    @Override
    public Loss loss(CausalLM lm, Step step) {
        Forward task = lm.forward(step.task());
        Forward proxy = lm.forward(step.proxy());
        Tensor ceTask = task.crossEntropy();
        Tensor ceProxy = proxy.crossEntropy();
        float tokens = task.batch().answerTokens() + proxy.batch().answerTokens();
        Tensor total = ceTask.times(task.batch().answerTokens() / tokens)
                .plus(ceProxy.times(proxy.batch().answerTokens() / tokens));
        return new Loss(total, ceTask, ceProxy);
    }

    @Override
    public Passes passes() {
        return Passes.PROXY;
    }
}
