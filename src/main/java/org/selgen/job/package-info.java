/** The verbs of the command line, and the conf files that tell them what to do. */
@NullMarked
package org.selgen.job;

import org.jspecify.annotations.NullMarked;
