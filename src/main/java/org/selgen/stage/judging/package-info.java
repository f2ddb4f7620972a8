/** Has models judge: which answers need which calls, shards of them as tasks, verdicts kept as they come. */
@NullMarked
package org.selgen.stage.judging;

import org.jspecify.annotations.NullMarked;
