package org.selgen.train;

import org.selgen.data.RangeCheck;

/**
 * Settings of the pre-training of a small model.
 *
 * @param layers decoder layers
 * @param hidden width of the residual stream
 * @param heads query heads; {@code hidden} is a multiple
 * @param kvHeads key-value heads
 * @param ffn inner width of the feed-forward block
 * @param unalignedSteps number of first steps, on text in which wrong proposals are accepted
 * @param steps number of all steps, including the unaligned ones
 * @param batch number of passages of a step
 * @param learningRate highest rate; after {@code warmup} steps it falls to a twentieth along a cosine
 * @param warmup number of steps over which the rate grows
 * @param weightDecay AdamW's
 * @param clip bound of the gradient's global norm
 * @param seed decides first weights and text
 */
public record Pretraining(
        int layers,
        int hidden,
        int heads,
        int kvHeads,
        int ffn,
        int unalignedSteps,
        int steps,
        int batch,
        float learningRate,
        int warmup,
        float weightDecay,
        float clip,
        long seed) {

    public Pretraining {
        RangeCheck.atLeast(1, layers, "layers");
        RangeCheck.atLeast(2, hidden, "hidden");
        RangeCheck.within(1, hidden / 2.0, heads, "heads");
        RangeCheck.within(1, heads, kvHeads, "kvHeads");
        RangeCheck.atLeast(1, ffn, "ffn");
        RangeCheck.atLeast(1, steps, "steps");
        RangeCheck.within(0, steps, unalignedSteps, "unalignedSteps");
        RangeCheck.atLeast(1, batch, "batch");
        RangeCheck.within(1e-8, 1, learningRate, "learningRate");
        RangeCheck.atLeast(1, warmup, "warmup");
        RangeCheck.atLeast(0, weightDecay, "weightDecay");
        RangeCheck.atLeast(0, clip, "clip");
    }

    /** Rate of a step, counted from 0. */
    double rate(int step) {
        double grown = Math.min(1, (step + 1.0) / warmup);
        return learningRate * grown * (0.05 + 0.95 * 0.5 * (1 + Math.cos(Math.PI * step / steps)));
    }
}
