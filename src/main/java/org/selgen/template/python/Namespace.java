package org.selgen.template.python;

import java.util.LinkedHashMap;
import java.util.Map;

/** Jinja's {@code namespace}: the one value whose parts a template can set, from inner blocks too. */
public final class Namespace implements TypeName.Named {
    private final Map<String, Object> values = new LinkedHashMap<>();

    public Namespace(Map<String, Object> values) {
        values.forEach(this::set);
    }

    @Override
    public String typeName() {
        return "a namespace";
    }

    Object get(String name) {
        Object value = values.get(name);
        return value == null ? Undefined.attribute(this, name) : value;
    }

    public void set(String name, Object value) {
        if (name.startsWith("_")) {
            throw new Refused("a namespace cannot keep '" + name + "': names with an underscore first are not allowed");
        }
        values.put(name, value);
    }
}
