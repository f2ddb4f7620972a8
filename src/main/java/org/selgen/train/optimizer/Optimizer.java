package org.selgen.train.optimizer;

import java.io.Serializable;
import java.util.List;
import org.selgen.data.KebabCase;
import org.selgen.tensor.Tensor;

/**
 * How parameters θ step along their gradient g. A record whose components are its knobs; its kebab-case name is the key in an
 * experiment's conf. Checkpoints and plans read what it declares and know no rule.
 *
 * <p>Notation: η the learning rate of the step, λ {@code training.weightDecay}, t the number of the step, from 1.
 */
public sealed interface Optimizer extends Serializable permits Adamw, Sgd, Lion, Muon {
    /** Names of what it keeps for each parameter: tensors of the parameter's shape, 0 before the first step. */
    List<String> kept();

    /** Updates the parameters, and what is kept, in place; it is called with autograd off. */
    void apply(Update update);

    /** Its name in conf. */
    default String name() {
        return KebabCase.of(getClass());
    }

    /** Its name with all its knobs, as {@code sgd: momentum=0.9}. */
    default String described() {
        String record = toString(); // Sgd[momentum=0.9]
        return name() + ": " + record.substring(record.indexOf('[') + 1, record.length() - 1);
    }

    /**
     * One step.
     *
     * @param parameters θ
     * @param gradients g, one for each parameter
     * @param kept for each of {@link #kept}, one tensor for each parameter
     * @param step t
     * @param rate η
     * @param weightDecay λ
     */
    record Update(
            List<Tensor> parameters,
            List<Tensor> gradients,
            List<List<Tensor>> kept,
            int step,
            double rate,
            double weightDecay) {}
}
