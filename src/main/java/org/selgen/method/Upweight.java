package org.selgen.method;

import org.selgen.data.Knob;
import org.selgen.lm.CausalLM;
import org.selgen.tensor.Tensor;

/**
 * Fine-tune on task and proxy rows, the proxy with a weight of its own.
 * <pre>  L = CE(T) + λ CE(A) </pre>
 *
 * @param lambda weight of the proxy rows, at least 0; 0 is the standard method
 */
public record Upweight(float lambda) implements Method {
    public Upweight {
        Knob.atLeast(0, lambda, "upweight.lambda");
    }

    @Override
    public Loss loss(CausalLM lm, Step step) {
        Tensor task = lm.forward(step.task()).crossEntropy();
        return lambda == 0
                ? Loss.of(task)
                : Loss.of(task, lambda, lm.forward(step.proxy()).crossEntropy());
    }
}
