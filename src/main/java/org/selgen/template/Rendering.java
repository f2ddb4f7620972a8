package org.selgen.template;

import java.util.List;

/**
 * What a template made.
 *
 * @param text the whole text
 * @param learnt what stands in its {@code {% generation %}} blocks, in order
 */
public record Rendering(String text, List<Span> learnt) {
    /**
     * Part of a text.
     *
     * @param begin place of its first character, as {@link String#charAt} counts
     * @param end place behind its last
     */
    public record Span(int begin, int end) {}
}
