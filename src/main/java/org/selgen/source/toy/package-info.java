/** The toy world: its facts, its vocabulary, and the text on which the small model is pre-trained. */
@NullMarked
package org.selgen.source.toy;

import org.jspecify.annotations.NullMarked;
