/** The nouns: plain records every other package speaks in. Imports only the JDK. */
@NullMarked
package org.selgen.data;

import org.jspecify.annotations.NullMarked;
