/** Spark ML transformers that answer, judge and render conversations, and the base models that tasks share. */
@NullMarked
package org.selgen.spark;

import org.jspecify.annotations.NullMarked;
