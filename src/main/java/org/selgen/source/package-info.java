/** The datasets: each source generates one dataset, or reads it from its public file form. */
@NullMarked
package org.selgen.source;

import org.jspecify.annotations.NullMarked;
