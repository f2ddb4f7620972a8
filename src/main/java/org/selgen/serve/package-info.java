/** The server: our models behind the protocol of OpenAI's chat completions. */
@NullMarked
package org.selgen.serve;

import org.jspecify.annotations.NullMarked;
