/** Tables of results for programs: CSV, JSON, LaTeX. */
@NullMarked
package org.selgen.report.table;

import org.jspecify.annotations.NullMarked;
