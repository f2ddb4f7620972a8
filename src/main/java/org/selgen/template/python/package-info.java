/** Values of a template and what can be done with them: Python's types, and Jinja's filters and tests. */
@NullMarked
package org.selgen.template.python;

import org.jspecify.annotations.NullMarked;
