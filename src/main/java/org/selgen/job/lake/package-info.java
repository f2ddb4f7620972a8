/** The verbs on what a lake has, whatever the experiment: its runs, what no run needs, copies, checks, upgrades. */
@NullMarked
package org.selgen.job.lake;

import org.jspecify.annotations.NullMarked;
