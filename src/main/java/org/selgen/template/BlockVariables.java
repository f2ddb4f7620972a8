package org.selgen.template;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selgen.template.python.Undefined;

/** Variables of a block; those of the blocks around it are seen, not changed. */
final class BlockVariables {
    private final Map<String, Object> names = new HashMap<>();
    private final @Nullable BlockVariables outer;

    BlockVariables(@Nullable BlockVariables outer) {
        this.outer = outer;
    }

    Object get(String name) {
        for (BlockVariables scope = this; scope != null; scope = scope.outer) {
            Object value = scope.names.get(name);
            if (value != null) {
                return value;
            }
        }
        return Undefined.variable(name);
    }

    void set(String name, Object value) {
        names.put(name, value);
    }
}
