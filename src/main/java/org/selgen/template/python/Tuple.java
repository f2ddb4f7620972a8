package org.selgen.template.python;

import java.util.List;

/** Python's {@code tuple}. */
public record Tuple(List<Object> items) implements TypeName.Named {
    @Override
    public String typeName() {
        return "a tuple";
    }

    static Tuple of(Object... items) {
        return new Tuple(List.of(items));
    }
}
