/** How parameters step along their gradients: each rule is a record of its settings, and names its published source. */
@NullMarked
package org.selgen.train.optimizer;

import org.jspecify.annotations.NullMarked;
