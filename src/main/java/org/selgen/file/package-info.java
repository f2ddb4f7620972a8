/** Files that can be trusted: bounded JSON, atomic writes, confined folders, one hash, the cache of this machine. */
@NullMarked
package org.selgen.file;

import org.jspecify.annotations.NullMarked;
