package org.selgen.source.form;

/** Which turns of the assistant are learnt. */
public enum Learn {
    /** The last one. */
    LAST,
    /** Each of them, as a row of its own. */
    ALL
}
