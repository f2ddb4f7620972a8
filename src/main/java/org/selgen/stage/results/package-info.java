/** What is made of judged answers: scores, and the report. */
@NullMarked
package org.selgen.stage.results;

import org.jspecify.annotations.NullMarked;
