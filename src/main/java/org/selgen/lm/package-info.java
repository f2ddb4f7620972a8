/** The model: a decoder read from a Hugging Face folder, its LoRA adapter, its tokenizer and chat template, and generation. */
@NullMarked
package org.selgen.lm;

import org.jspecify.annotations.NullMarked;
