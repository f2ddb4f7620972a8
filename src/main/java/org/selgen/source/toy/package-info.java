/** The toy world: its facts, its vocabulary, and the text that the small model is made from. */
@NullMarked
package org.selgen.source.toy;

import org.jspecify.annotations.NullMarked;
