package org.selgen.lm;

import org.selgen.lm.config.DecoderConfig;

/** A frozen causal language model with a trainable adapter on top. */
public interface CausalLM {
    /** The model's shape. */
    DecoderConfig config();

    /** Hidden states of a batch, and logits on demand. */
    Forward forward(Batch batch);

    /**
     * The reference model: the same weights with the adapter off, or with the adapter of the previous stage of training
     * where there was one. It needs no extra memory.
     */
    CausalLM base();

    /**
     * Results of the reference model for a batch's answers. A row is computed once, and its result kept for later
     * calls.
     */
    Reference reference(Batch batch);

    /**
     * The same model in a step of training, counted from 1: with {@linkplain org.selgen.tensor.Dropout dropout} where the training
     * has it, which neither the reference model nor an evaluation has.
     */
    CausalLM inStep(int number);

    /** The adapter that is trained. */
    Adapter adapter();
}
