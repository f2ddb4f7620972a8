package org.selgen.template.python;

import java.util.AbstractList;
import java.util.List;

/** Python's {@code range}, or the keys, values or items of a dict: a list but for its type. */
public final class SequenceView extends AbstractList<Object> implements TypeName.Named {
    private final String kind;
    private final List<Object> items;

    public SequenceView(String kind, List<Object> items) {
        this.kind = kind;
        this.items = items;
    }

    @Override
    public String typeName() {
        return "a " + kind;
    }

    String kind() {
        return kind;
    }

    @Override
    public Object get(int index) {
        return items.get(index);
    }

    @Override
    public int size() {
        return items.size();
    }
}
