package org.selgen.method;

/**
 * The passes of a step beside that of the task rows. A pass is forward and backward. A reference pass is forward only,
 * of the reference model and without gradient; only the first for a row costs time, since its result is kept.
 *
 * @param proxy number of passes over the proxy rows
 * @param proxyReferences number of reference passes over the proxy rows, or over prompts in their place
 * @param rejected number of passes over the rejected answers
 * @param rejectedReferences number of reference passes over the rejected answers
 * @param taskReferences number of reference passes over the task rows
 * @param every that many steps one looks at proxy rows, with either answer; the first does
 */
public record Passes(
        int proxy, int proxyReferences, int rejected, int rejectedReferences, int taskReferences, int every) {
    /** In each step, without a reference pass over the task rows. */
    public Passes(int proxy, int proxyReferences, int rejected, int rejectedReferences) {
        this(proxy, proxyReferences, rejected, rejectedReferences, 0, 1);
    }

    /** The same in one of so many steps. */
    Passes every(int steps) {
        return new Passes(proxy, proxyReferences, rejected, rejectedReferences, taskReferences, steps);
    }

    /** The task rows alone. */
    public static final Passes TASK = new Passes(0, 0, 0, 0);

    /** The proxy rows as well. */
    public static final Passes PROXY = new Passes(1, 0, 0, 0);

    /** The proxy rows, and a reference pass over them. */
    public static final Passes COMPARED = new Passes(1, 1, 0, 0);
}
