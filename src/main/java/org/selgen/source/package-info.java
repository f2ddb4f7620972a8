/** The datasets: one file tells how one dataset is generated, or how its public form is read. */
@NullMarked
package org.selgen.source;

import org.jspecify.annotations.NullMarked;
