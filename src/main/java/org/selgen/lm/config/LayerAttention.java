package org.selgen.lm.config;

import org.jspecify.annotations.Nullable;

/**
 * What a layer's attention sees, and how it knows positions.
 *
 * @param window how many tokens a position attends to, itself included; null where all before it
 * @param rope how queries and keys are rotated; null where they are not
 */
public record LayerAttention(
        @Nullable Integer window, @Nullable Rope rope) {}
