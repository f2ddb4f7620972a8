/** Forms in which results leave selgen: model cards, and the logs that Inspect reads. */
@NullMarked
package org.selgen.report.share;

import org.jspecify.annotations.NullMarked;
