package org.selgen.tensor;

import java.util.List;

/** The steps of optimizers, in place; to be called with autograd off. There is one gradient, and one of each moment, a parameter. */
public final class Updates {
    private Updates() {}

    /** Constants of AdamW. */
    public record Adam(double beta1, double beta2, double weightDecay, double eps) {}

    /** Constants of Lion. */
    public record Signs(double beta1, double beta2, double weightDecay) {}

    /** One step of AdamW; {@code step} is its number, from 1. */
    public static void adamw(
            List<Tensor> parameters,
            List<Tensor> gradients,
            List<Tensor> first,
            List<Tensor> second,
            int step,
            double rate,
            Adam adam) {
        Tensor.call(
                "adamw",
                all(parameters),
                all(gradients),
                all(first),
                all(second),
                Tensor.scalar(step),
                rate,
                adam.beta1(),
                adam.beta2(),
                adam.weightDecay(),
                adam.eps());
    }

    /** One step of gradient descent with momentum; the weight decay is in the gradient. */
    public static void sgd(
            List<Tensor> parameters,
            List<Tensor> gradients,
            List<Tensor> momenta,
            double rate,
            double momentum,
            double weightDecay) {
        Tensor.call("sgd", all(parameters), all(gradients), all(momenta), rate, momentum, weightDecay);
    }

    /** One step of Lion. */
    public static void lion(
            List<Tensor> parameters, List<Tensor> gradients, List<Tensor> momenta, double rate, Signs signs) {
        Tensor.call(
                "lion",
                all(parameters),
                all(gradients),
                all(momenta),
                rate,
                signs.beta1(),
                signs.beta2(),
                signs.weightDecay());
    }

    /**
     * One step of Muon.
     *
     * @param parameters matrices
     * @param rates of each
     * @param remains factor on the parameters before the step: 1 without weight decay
     * @param iterations of Newton and Schulz
     */
    public static void muon(
            List<Tensor> parameters,
            List<Tensor> gradients,
            List<Tensor> momenta,
            double[] rates,
            double remains,
            double momentum,
            int iterations) {
        Tensor.call("muon", all(parameters), all(gradients), all(momenta), rates, remains, momentum, (long) iterations);
    }

    private static Tensor[] all(List<Tensor> tensors) {
        return tensors.toArray(Tensor[]::new);
    }
}
