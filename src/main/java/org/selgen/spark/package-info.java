/** Models and judges as transformers of Spark ML, for pipelines, shells and notebooks; and the work of a task behind them. */
@NullMarked
package org.selgen.spark;

import org.jspecify.annotations.NullMarked;
