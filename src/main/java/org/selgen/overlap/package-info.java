/** What is close: near-duplicates between sets of prompts, and how far a proxy lies from the questions. */
@NullMarked
package org.selgen.overlap;

import org.jspecify.annotations.NullMarked;
