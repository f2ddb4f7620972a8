/** Takes results out of a lake: bundles to publish, and logs for Inspect. */
@NullMarked
package org.selgen.stage.share;

import org.jspecify.annotations.NullMarked;
