package org.selgen.method;

/**
 * What a method may need before its own training. Each is made once for a seed, kept, and shared by all runs that need it.
 * Everything that decides it decides the run's id too.
 */
public enum Artefact {
    /** An adapter trained on the proxy rows alone by the standard method, for as many epochs as the task. */
    PROXY_ADAPTER,

    /** The finished adapter of the standard method's run with the same seed, at the same epoch. */
    STANDARD_ADAPTER,

    /** The base model before it was aligned: the folder named as the base model's with {@code -unaligned} behind it. */
    UNALIGNED_BASE;

    /** Whether it is a model that the user brings, and not an adapter that is trained. */
    public boolean given() {
        return this == UNALIGNED_BASE;
    }
}
