package org.selgen.template.python;

import java.util.Iterator;

/** Python's generator, as some filters give it: it is true, its elements can be read once, and it has no length. */
final class Once implements TypeName.Named {
    private final Iterator<Object> items;

    Once(Iterator<Object> items) {
        this.items = items;
    }

    @Override
    public String typeName() {
        return "a generator";
    }

    Iterator<Object> items() {
        return items;
    }
}
