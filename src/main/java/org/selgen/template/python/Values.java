package org.selgen.template.python;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values as Python has them: {@code String}, {@code Long}, {@code Double}, {@code Boolean}, {@link None}, {@code List},
 * {@link Tuple}, {@code Map} in the order of its making, and what else this package names.
 */
public final class Values {
    private Values() {}

    /** A Java value as a template's. */
    public static Object of(@Nullable Object given) {
        if (given == null) {
            return None.NONE;
        }
        if (given instanceof Integer || given instanceof Short || given instanceof Byte) {
            return ((Number) given).longValue();
        }
        if (given instanceof Float number) {
            return number.doubleValue();
        }
        if (given instanceof List<?> list) {
            List<Object> items = new ArrayList<>();
            list.forEach(item -> items.add(of(item)));
            return items;
        }
        if (given instanceof Map<?, ?> map) {
            Map<Object, Object> dict = new LinkedHashMap<>();
            map.forEach((key, value) -> dict.put(of(key), of(value)));
            return dict;
        }
        return given;
    }

    public static boolean truth(Object value) {
        if (value instanceof Boolean truth) {
            return truth;
        }
        if (value instanceof Undefined || value == None.NONE) {
            return false;
        }
        if (value instanceof Long number) {
            return number != 0;
        }
        if (value instanceof Double number) {
            return number != 0;
        }
        if (value instanceof String text) {
            return !text.isEmpty();
        }
        return !sized(value) || length(value) > 0;
    }

    static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Boolean;
    }

    static boolean sized(Object value) {
        return value instanceof String
                || value instanceof SafeText
                || value instanceof List
                || value instanceof Tuple
                || value instanceof Map
                || value instanceof Undefined;
    }

    /** Python's {@code len}; that of a text counts code points. */
    static long length(Object value) {
        if (value instanceof String text) {
            return text.codePointCount(0, text.length());
        }
        if (value instanceof SafeText safe) {
            return safe.text().codePointCount(0, safe.text().length());
        }
        if (value instanceof Map<?, ?> dict) {
            return dict.size();
        }
        if (value instanceof Undefined) {
            return 0;
        }
        if (!sized(value)) {
            throw Refused.type("length", value);
        }
        return items(value).size();
    }

    /** The elements of a list or a tuple. */
    @SuppressWarnings("unchecked") // lists hold values only
    public static List<Object> items(Object value) {
        return value instanceof Tuple tuple ? tuple.items() : (List<Object>) value;
    }

    public static boolean isSequence(Object value) {
        return value instanceof List || value instanceof Tuple;
    }

    @SuppressWarnings("unchecked") // dicts hold values only
    public static Map<Object, Object> dict(Object value) {
        return (Map<Object, Object>) value;
    }

    static boolean iterable(Object value) {
        return sized(value) || value instanceof Once;
    }

    /** The elements in turn: of a text its characters, of a dict its keys. */
    public static Iterator<Object> iterate(Object value, StepBudget budget) {
        if (value instanceof Once once) {
            return once.items();
        }
        if (value instanceof Map) {
            return dict(value).keySet().iterator();
        }
        if (value instanceof String || value instanceof SafeText) {
            String text = value instanceof String plain ? plain : ((SafeText) value).text();
            return budget.text(text)
                    .codePoints()
                    .mapToObj(c -> (Object) Character.toString(c))
                    .iterator();
        }
        if (value instanceof Undefined) {
            return List.of().iterator();
        }
        if (!isSequence(value)) {
            throw Refused.type("a loop over the elements", value);
        }
        return items(value).iterator();
    }

    public static List<Object> list(Object value, StepBudget budget) {
        List<Object> list = new ArrayList<>();
        iterate(value, budget).forEachRemaining(item -> {
            budget.steps(1);
            list.add(item);
        });
        return list;
    }

    public static String string(Object value, String what) {
        if (!(Undefined.refuse(value) instanceof String text)) {
            throw new Refused(what + " is " + TypeName.of(value) + " but must be a text");
        }
        return text;
    }

    static long integer(Object value, String what) {
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        if (!(Undefined.refuse(value) instanceof Long number)) {
            throw new Refused(what + " is " + TypeName.of(value) + " but must be an integer");
        }
        return number;
    }

    /** A key of a dict. */
    public static Object key(Object value) {
        if (!(value instanceof String || value instanceof Long)) {
            throw new Refused(
                    "a key of a dict is " + TypeName.of(value) + " but only texts and integers are rendered here");
        }
        return value;
    }
}
