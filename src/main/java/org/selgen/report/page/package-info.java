/** The page people look at: its data as JSON beside its own code, in one file that loads nothing. */
@NullMarked
package org.selgen.report.page;

import org.jspecify.annotations.NullMarked;
