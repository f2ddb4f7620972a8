/** Reads answers: rule judges that say whether an answer is right and whether a reply agrees with what the user proposed. */
@NullMarked
package org.selgen.judge;

import org.jspecify.annotations.NullMarked;
