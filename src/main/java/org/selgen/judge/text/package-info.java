/** Reads the text of chat models: sentences, numbers, what a reply ends up claiming and how it stands to a proposal. */
@NullMarked
package org.selgen.judge.text;

import org.jspecify.annotations.NullMarked;
