package org.selgen.template.python;

import java.util.List;
import java.util.Map;

/** How a person names the type of a value. */
public final class TypeName {
    private TypeName() {}

    /** A type of this package. */
    public interface Named {
        String typeName();
    }

    public static String of(Object value) {
        if (value instanceof Named named) {
            return named.typeName();
        }
        if (value instanceof String) {
            return "a text";
        }
        if (value instanceof Boolean) {
            return "a truth value";
        }
        if (value instanceof Long) {
            return "an integer";
        }
        if (value instanceof Double) {
            return "a float";
        }
        if (value instanceof List) {
            return "a list";
        }
        return value instanceof Map ? "a dict" : "a " + value.getClass().getSimpleName();
    }
}
