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

    /** The adapter that is trained. */
    Adapter adapter();
}
