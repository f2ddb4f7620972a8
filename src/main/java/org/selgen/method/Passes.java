package org.selgen.method;

/**
 * What a step computes beside the pass of the task rows: how often the model goes over the proxy rows and over their
 * rejected answers. A pass is forward and backward; a look is forward alone, with the adapter off and no gradient; only the first at a row costs anything, as its result is kept.
 *
 * @param proxy passes over the proxy rows
 * @param proxyLooks looks at the proxy rows
 * @param rejected passes over the rejected answers
 * @param rejectedLooks looks at the rejected answers
 */
public record Passes(int proxy, int proxyReferences, int rejected, int rejectedReferences) {
    /** The task rows alone. */
    public static final Passes TASK = new Passes(0, 0, 0, 0);

    /** The proxy rows as well. */
    public static final Passes PROXY = new Passes(1, 0, 0, 0);

    /** The proxy rows, and the base model's view of them. */
    public static final Passes COMPARED = new Passes(1, 1, 0, 0);
}
