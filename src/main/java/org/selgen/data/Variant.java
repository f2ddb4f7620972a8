package org.selgen.data;

/** How a question is put: the user asks, or proposes the right or a wrong answer, or the row is free chat. */
public enum Variant {
    ASK,
    RIGHT,
    WRONG,
    CHAT
}
