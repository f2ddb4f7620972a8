/** The command line. */
@NullMarked
package org.selgen;

import org.jspecify.annotations.NullMarked;
