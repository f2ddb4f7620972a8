package org.selgen.template;

/**
 * A piece of a template.
 *
 * @param kind what it is
 * @param text as written; of a string what it stands for
 * @param line where it begins, from 1
 */
record Token(Kind kind, String text, int line) {
    /** What a token is. */
    enum Kind {
        DATA,
        PRINT_BEGIN,
        PRINT_END,
        BLOCK_BEGIN,
        BLOCK_END,
        NAME,
        STRING,
        INTEGER,
        FLOAT,
        OPERATOR,
        END
    }

    boolean is(Kind other) {
        return kind == other;
    }

    boolean isOperator(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    boolean isName(String name) {
        return kind == Kind.NAME && text.equals(name);
    }

    /** How an error names it. */
    String shown() {
        return kind == Kind.END ? "the end of the template" : "'" + text + "'";
    }
}
