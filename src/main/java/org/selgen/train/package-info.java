/** The training loop of all methods, with optimizer, schedule, checkpoints and forecasts; and pre-training. */
@NullMarked
package org.selgen.train;

import org.jspecify.annotations.NullMarked;
