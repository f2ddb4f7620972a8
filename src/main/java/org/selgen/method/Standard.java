package org.selgen.method;

import org.selgen.lm.CausalLM;

/**
 * Fine-tune on the task alone. Nothing controls how the model generalises beyond it.
 * <pre>  L = CE(T) </pre>
 */
public record Standard() implements Method {
    @Override
    public Loss loss(CausalLM lm, Step step) {
        return Loss.of(Term.crossEntropy(lm.forward(step.task())));
    }
}
