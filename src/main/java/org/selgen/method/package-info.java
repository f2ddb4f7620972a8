/** One file for each training method: its knobs, its formula, its source. */
@NullMarked
package org.selgen.method;

import org.jspecify.annotations.NullMarked;
