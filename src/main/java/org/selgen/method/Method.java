package org.selgen.method;

import java.util.List;
import org.selgen.lm.CausalLM;
import org.selgen.tensor.Autograd;
import org.selgen.tensor.Tensor;

/**
 * A way to fine-tune: what to minimise, and which way to step. A record whose components are the method's knobs; its
 * kebab-case name is the key in an experiment's conf.
 *
 * <p>Notation: T the task rows of a step, A its proxy rows, θ the adapter, CE the mean negative log-likelihood of an
 * answer token in nats. Prompt and padding tokens are in no mean.
 */
public sealed interface Method
        permits Standard,
                Mixed,
                Upweight,
                KlPenalty,
                RepresentationConstraint,
                GradientProjection,
                Dpo,
                OLora,
                SafeLora {

    /** What to minimise on this step. */
    Loss loss(CausalLM lm, Step step);

    /** Which way to step: one gradient for each of {@code lm.adapter().parameters()}. */
    default List<Tensor> gradients(CausalLM lm, Loss loss) {
        return Autograd.gradients(loss.total(), lm.adapter().parameters());
    }

    /** What a step computes beside the task rows; decides no result. */
    default Passes passes() {
        return Passes.TASK;
    }

    /** Whether an adapter is trained on the proxy rows alone before the task is. */
    default boolean learnsProxyFirst() {
        return false;
    }

    /** Whether the run begins from the finished adapter of the standard method, and nothing is trained on the task. */
    default boolean beginsFromStandard() {
        return false;
    }
}
