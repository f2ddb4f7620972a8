/** A server of local models by the protocol of OpenAI's chat completions, and conversations at a terminal. */
@NullMarked
package org.selgen.serve;

import org.jspecify.annotations.NullMarked;
