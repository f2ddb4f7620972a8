package org.selgen.lm;

/** A frozen causal language model with a trainable adapter on top. */
public interface CausalLM {

    /** Logits and hidden states of a batch, computed as they are asked for. */
    Forward forward(Batch batch);

    /**
     * The same weights with the adapter off, or with that of the stage of training before, where there was one: the reference
     * model, at no extra memory.
     */
    CausalLM base();

    /** What the base model says of a batch's answers; each row is computed once for all that ask. */
    Reference reference(Batch batch);

    /** What is trained. */
    Adapter adapter();
}
