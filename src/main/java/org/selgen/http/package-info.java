/** What both HTTP clients share: retry policy, API key, bounded replies. */
@NullMarked
package org.selgen.http;

import org.jspecify.annotations.NullMarked;
