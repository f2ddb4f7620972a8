/** How fast this machine trains and answers, beside what it could do at most. */
@NullMarked
package org.selgen.bench;

import org.jspecify.annotations.NullMarked;
