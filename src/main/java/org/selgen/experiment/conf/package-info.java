/** Conf files as records: YAML bound strictly, grids of settings, errors that name the nearest known key. */
@NullMarked
package org.selgen.experiment.conf;

import org.jspecify.annotations.NullMarked;
