package org.selgen.template.python;

/** Python's {@code None}. */
public enum None implements TypeName.Named {
    NONE;

    @Override
    public String typeName() {
        return "None";
    }
}
