/** The training methods: each is a record of its settings with its loss, and names its published source. */
@NullMarked
package org.selgen.method;

import org.jspecify.annotations.NullMarked;
