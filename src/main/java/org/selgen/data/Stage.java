package org.selgen.data;

/** A stage whose work is done by tasks of the cluster. Its text is that of the table tasks, as {@code train}. */
public enum Stage implements KebabColumn {
    TRAIN,
    GENERATE,
    /** How likely a model finds each of the experiment's choices as the answer. */
    WEIGH;

    @Override
    public String toString() {
        return column();
    }
}
