/** Building blocks of generated datasets: seeded random choices, forms of questions, and wordings. */
@NullMarked
package org.selgen.source.form;

import org.jspecify.annotations.NullMarked;
