/** Text to tokens and back, by a model folder's tokenizer.json, and the tokens at which an answer ends. */
@NullMarked
package org.selgen.tokenizer;

import org.jspecify.annotations.NullMarked;
