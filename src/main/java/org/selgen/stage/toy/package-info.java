/** Pre-trains the small model of the toy world, and writes its card. */
@NullMarked
package org.selgen.stage.toy;

import org.jspecify.annotations.NullMarked;
