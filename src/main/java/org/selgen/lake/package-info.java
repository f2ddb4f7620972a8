/** The tables: the only place that knows where rows are kept and by which key they are one. */
@NullMarked
package org.selgen.lake;

import org.jspecify.annotations.NullMarked;
