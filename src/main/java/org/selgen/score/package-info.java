/** The arithmetic of comparing runs: means with clustered intervals, seeds, fronts. Pure functions. */
@NullMarked
package org.selgen.score;

import org.jspecify.annotations.NullMarked;
