/** How pictures and pages look: a colour and a marker for each method, light and dark, fonts. */
@NullMarked
package org.selgen.report.style;

import org.jspecify.annotations.NullMarked;
