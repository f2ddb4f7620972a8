/** The stages of an experiment, one written by each verb: read, map, put. */
@NullMarked
package org.selgen.stage;

import org.jspecify.annotations.NullMarked;
