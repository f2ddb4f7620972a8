/** Charts of plain numbers: bars, forests and curves in panels. */
@NullMarked
package org.selgen.report.chart;

import org.jspecify.annotations.NullMarked;
