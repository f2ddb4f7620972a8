/** Causal language models of Hugging Face folders: decoder, LoRA adapter, chat template, generation. */
@NullMarked
package org.selgen.lm;

import org.jspecify.annotations.NullMarked;
