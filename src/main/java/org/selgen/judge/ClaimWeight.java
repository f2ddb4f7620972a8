package org.selgen.judge;

/** How a text claims a number, the weightiest first. */
enum ClaimWeight {
    BOXED,
    ANSWER,
    EQUATION,
    ONLY
}
