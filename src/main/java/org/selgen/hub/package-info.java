/** Models of the Hugging Face Hub by name: found in the cache that all its tools share, or downloaded into it. Knows only data. */
@NullMarked
package org.selgen.hub;

import org.jspecify.annotations.NullMarked;
