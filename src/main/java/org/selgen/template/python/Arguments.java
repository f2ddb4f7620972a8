package org.selgen.template.python;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a call gives.
 *
 * @param positional by place
 * @param named by name
 */
public record Arguments(List<Object> positional, Map<String, Object> named) {
    static final Arguments NONE = new Arguments(List.of(), Map.of());

    /** By the names of a function's parameters. */
    public static final class Bound {
        private final String function;
        private final Map<String, Object> values;

        private Bound(String function, Map<String, Object> values) {
            this.function = function;
            this.values = values;
        }

        public boolean has(String name) {
            return values.containsKey(name);
        }

        public Object get(String name) {
            Object value = values.get(name);
            if (value == null) {
                throw new Refused(function + " needs '" + name + "'");
            }
            return value;
        }

        public Object or(String name, Object otherwise) {
            return values.getOrDefault(name, otherwise);
        }

        public String text(String name) {
            return Values.string(get(name), function + ": " + name);
        }

        public String text(String name, String otherwise) {
            return has(name) ? text(name) : otherwise;
        }

        /** A text; null where it is not given, or None. */
        @Nullable
        String textOrNone(String name) {
            return or(name, None.NONE) == None.NONE ? null : text(name);
        }

        public long integer(String name) {
            return Values.integer(get(name), function + ": " + name);
        }

        public long integer(String name, long otherwise) {
            return has(name) ? integer(name) : otherwise;
        }

        boolean truth(String name) {
            return Values.truth(or(name, false));
        }
    }

    /**
     * Gives each argument the name of its parameter.
     *
     * @throws Refused if there are more, or others
     */
    public Bound of(String function, String... parameters) {
        if (positional.size() > parameters.length) {
            throw new Refused(
                    function + " has " + positional.size() + " arguments but takes at most " + parameters.length);
        }
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < positional.size(); i++) {
            values.put(parameters[i], positional.get(i));
        }
        named.forEach((name, value) -> {
            if (!Arrays.asList(parameters).contains(name) || values.put(name, value) != null) {
                throw new Refused(function + " does not take '" + name + "' here");
            }
        });
        return new Bound(function, values);
    }

    void none(String function) {
        of(function);
    }

    /** The arguments behind the first ones. */
    Arguments from(int first) {
        return new Arguments(
                new ArrayList<>(positional.subList(Math.min(first, positional.size()), positional.size())), named);
    }
}
