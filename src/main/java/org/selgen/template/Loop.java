package org.selgen.template;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.selgen.template.python.Arguments;
import org.selgen.template.python.AttributeAccess;
import org.selgen.template.python.Environment;
import org.selgen.template.python.Operators;
import org.selgen.template.python.Refused;
import org.selgen.template.python.TemplateFunction;
import org.selgen.template.python.TypeName;
import org.selgen.template.python.Undefined;

/** Jinja's {@code loop}. Elements are taken one by one, so that what a loop does may decide which come. */
final class Loop implements AttributeAccess.Attributes, TypeName.Named {
    private final Iterator<Object> source;
    private final Deque<Object> ahead = new ArrayDeque<>();
    private long index = -1;
    private @Nullable Object previous;
    private @Nullable Object current;
    private @Nullable List<Object> changed;

    Loop(Iterator<Object> source) {
        this.source = source;
    }

    /** Goes on; false at the end. */
    boolean next() {
        if (!more()) {
            return false;
        }
        previous = current;
        current = ahead.remove();
        index++;
        return true;
    }

    Object current() {
        if (current == null) {
            throw new IllegalStateException("The loop has not begun");
        }
        return current;
    }

    private boolean more() {
        if (ahead.isEmpty() && source.hasNext()) {
            ahead.add(source.next());
        }
        return !ahead.isEmpty();
    }

    private long length() {
        source.forEachRemaining(ahead::add);
        return index + 1 + ahead.size();
    }

    @Override
    public @Nullable Object attribute(String name) {
        return switch (name) {
            case "index" -> index + 1;
            case "index0" -> index;
            case "revindex" -> length() - index;
            case "revindex0" -> length() - index - 1;
            case "first" -> index == 0;
            case "last" -> !more();
            case "length" -> length();
            case "previtem" -> previous == null ? new Undefined("there is no previous item") : previous;
            case "nextitem" -> more() ? ahead.getFirst() : new Undefined("there is no next item");
            case "depth" -> 1L; // only recursive loops are deeper
            case "depth0" -> 0L;
            case "cycle" -> (TemplateFunction) this::cycle;
            case "changed" -> (TemplateFunction) this::hasChanged;
            default -> null;
        };
    }

    private Object cycle(Arguments arguments, Environment environment) {
        List<Object> values = arguments.positional();
        if (values.isEmpty()) {
            throw new Refused("loop.cycle needs at least one value");
        }
        return values.get((int) (index % values.size()));
    }

    private Object hasChanged(Arguments arguments, Environment environment) {
        List<Object> values = arguments.positional();
        boolean same = changed != null && Operators.equal(changed, values, environment.budget());
        changed = values;
        return !same;
    }

    @Override
    public String typeName() {
        return "a loop";
    }
}
