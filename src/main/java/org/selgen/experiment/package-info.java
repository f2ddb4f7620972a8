/** What is asked for: an experiment and its parts, its runs and their ids, datasets and judges by name. */
@NullMarked
package org.selgen.experiment;

import org.jspecify.annotations.NullMarked;
