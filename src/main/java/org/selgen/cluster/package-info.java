/** Tasks on Spark: the scheduler, its priorities, heartbeats, GPUs, and progress as it is shown. */
@NullMarked
package org.selgen.cluster;

import org.jspecify.annotations.NullMarked;
