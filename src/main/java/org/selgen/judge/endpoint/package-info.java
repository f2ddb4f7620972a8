/** The HTTP side of judging, and of answers that a server gives: the client, its attempts, limiter, budget and key. */
@NullMarked
package org.selgen.judge.endpoint;

import org.jspecify.annotations.NullMarked;
