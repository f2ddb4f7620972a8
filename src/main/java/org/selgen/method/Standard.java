package org.selgen.method;

import org.selgen.lm.CausalLM;

/**
 * Fine-tune on the task alone; what generalises to the rest is nobody's choice.
 * <pre>  L = CE(T) </pre>
 */
public record Standard() implements Method {
    @Override
    public Loss loss(CausalLM lm, Step step) {
        return Loss.of(lm.forward(step.task()).crossEntropy());
    }
}
