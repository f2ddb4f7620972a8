/** What generated datasets are built of: seeded choices, question forms, wordings. */
@NullMarked
package org.selgen.source.form;

import org.jspecify.annotations.NullMarked;
