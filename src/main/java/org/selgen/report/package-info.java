/** Shows an experiment's result: a table, a picture of the trade-off, and one page that explains both. */
@NullMarked
package org.selgen.report;

import org.jspecify.annotations.NullMarked;
