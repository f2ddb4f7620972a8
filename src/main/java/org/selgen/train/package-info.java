/** The loop: one for every method, with its optimizer, its schedule and its order of the data. */
@NullMarked
package org.selgen.train;

import org.jspecify.annotations.NullMarked;
