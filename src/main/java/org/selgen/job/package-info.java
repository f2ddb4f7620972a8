/** The verbs of the command line: each parses its options, calls one stage or service, and gives an exit code. */
@NullMarked
package org.selgen.job;

import org.jspecify.annotations.NullMarked;
