/** Reads a model's config.json: which family it is, and the shape and conventions of its decoder. */
@NullMarked
package org.selgen.lm.config;

import org.jspecify.annotations.NullMarked;
