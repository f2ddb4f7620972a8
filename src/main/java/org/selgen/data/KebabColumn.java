package org.selgen.data;

/** An enum whose constants a table holds in kebab case, as {@code finished}; other enums are held by their Java names. */
public interface KebabColumn {
    /** The constant's value in a table. */
    default String column() {
        return KebabCase.of((Enum<?>) this);
    }
}
