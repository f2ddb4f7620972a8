/** How conversations become text: a model folder's chat template, and what an experiment sets in it. */
@NullMarked
package org.selgen.chat;

import org.jspecify.annotations.NullMarked;
