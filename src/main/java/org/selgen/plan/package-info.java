/** What a run will take: steps, tokens, seconds, money, disk, and when all of it will be done. */
@NullMarked
package org.selgen.plan;

import org.jspecify.annotations.NullMarked;
