package org.selgen.template.python;

/**
 * What a template has not. It is false, prints nothing and has no elements; any other use of it is an error.
 *
 * @param message the error
 */
public record Undefined(String message) implements TypeName.Named {
    @Override
    public String typeName() {
        return "an undefined value";
    }

    public static Undefined variable(String name) {
        return new Undefined("'" + name + "' is undefined");
    }

    static Undefined attribute(Object of, String name) {
        return new Undefined(TypeName.of(of) + " has no '" + name + "'");
    }

    /** The value, unless it is undefined. */
    public static Object refuse(Object value) {
        if (value instanceof Undefined missing) {
            throw new Refused(missing.message);
        }
        return value;
    }
}
