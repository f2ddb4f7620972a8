package org.selgen.template.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code value.name} and {@code value[key]}, which Jinja tries in this and in the other order. */
public final class AttributeAccess {
    private static final Set<String> CHANGES_A_DICT = Set.of("pop", "popitem", "clear", "update", "setdefault");
    private static final Set<String> CHANGES_A_LIST =
            Set.of("append", "extend", "insert", "pop", "remove", "clear", "sort", "reverse");
    private static final Set<String> OF_NUMBERS = Set.of(
            "real",
            "imag",
            "numerator",
            "denominator",
            "bit_length",
            "bit_count",
            "conjugate",
            "to_bytes",
            "from_bytes",
            "is_integer",
            "as_integer_ratio",
            "hex",
            "fromhex");

    private AttributeAccess() {}

    /** What has attributes of its own, as {@code loop}. */
    public interface Attributes {
        /** The value of an attribute; null where there is none of that name. */
        @Nullable
        Object attribute(String name);
    }

    /** {@code value.name}: an attribute, or else the element of that key. */
    public static Object attribute(Object value, String name) {
        Undefined.refuse(value);
        Object own = own(value, name);
        if (own != null) {
            return own;
        }
        Object element = value instanceof Map ? Values.dict(value).get(name) : null;
        if (element != null) {
            return element;
        }
        if (name.startsWith("__")) {
            throw new Refused("'" + name + "' of " + TypeName.of(value) + " is not safe to use");
        }
        return Undefined.attribute(value, name);
    }

    /** {@code value[key]}: the element of that key, or else an attribute. */
    public static Object item(Object value, Object key, StepBudget budget) {
        Undefined.refuse(value);
        boolean numbered = value instanceof String || Values.isSequence(value);
        if (numbered && (key instanceof Long || key instanceof Boolean)) {
            return Slices.item(value, Values.integer(key, "a place"), budget);
        }
        Object element = value instanceof Map && (key instanceof String || key instanceof Long)
                ? Values.dict(value).get(key)
                : null;
        if (element != null) {
            return element;
        }
        if (value instanceof SafeText) {
            throw Refused.type("'[ ]'", value);
        }
        return key instanceof String name
                ? attribute(value, name)
                : new Undefined(TypeName.of(value) + " has no such element");
    }

    /** {@code value|attr(name)}: an attribute alone. */
    static Object attributeAlone(Object value, String name) {
        Object own = own(Undefined.refuse(value), name);
        return own == null ? Undefined.attribute(value, name) : own;
    }

    private static @Nullable Object own(Object value, String name) {
        if (value instanceof String text) {
            return TextMethods.of(text, name);
        }
        if (value instanceof Map) {
            return ofDict(Values.dict(value), name);
        }
        if (Values.isSequence(value)) {
            return ofList(value, name);
        }
        if (value instanceof Namespace namespace) {
            return namespace.get(name);
        }
        if (value instanceof SafeText || (Values.isNumber(value) && OF_NUMBERS.contains(name))) {
            throw new Refused("'" + name + "' of " + TypeName.of(value) + " is not rendered here");
        }
        return value instanceof Attributes with ? with.attribute(name) : null;
    }

    private static @Nullable TemplateFunction ofDict(Map<Object, Object> dict, String name) {
        if (CHANGES_A_DICT.contains(name)) {
            throw new Refused("'" + name + "' would change a dict, which a chat template may not");
        }
        return switch (name) {
            case "items" -> listed(name, () -> new SequenceView("dict_items", pairs(dict)));
            case "keys" -> listed(name, () -> new SequenceView("dict_keys", List.copyOf(dict.keySet())));
            case "values" -> listed(name, () -> new SequenceView("dict_values", List.copyOf(dict.values())));
            case "copy" -> listed(name, () -> dict);
            case "get" ->
                (arguments, environment) -> {
                    Arguments.Bound bound = arguments.of("get", "key", "default");
                    Object value = dict.get(bound.get("key"));
                    return value == null ? bound.or("default", None.NONE) : value;
                };
            case "fromkeys" -> throw new Refused("'fromkeys' of a dict is not rendered here");
            default -> null;
        };
    }

    private interface Made {
        Object value();
    }

    private static TemplateFunction listed(String name, Made made) {
        return (arguments, environment) -> {
            arguments.none(name);
            Object value = made.value();
            environment.budget().steps(Values.length(value));
            return value;
        };
    }

    static List<Object> pairs(Map<Object, Object> dict) {
        List<Object> pairs = new ArrayList<>();
        dict.forEach((key, value) -> pairs.add(Tuple.of(key, value)));
        return pairs;
    }

    private static @Nullable TemplateFunction ofList(Object list, String name) {
        if (list instanceof List && CHANGES_A_LIST.contains(name)) {
            throw new Refused("'" + name + "' would change a list, which a chat template may not");
        }
        return switch (name) {
            case "copy" -> list instanceof List ? listed(name, () -> list) : null;
            case "count", "index" ->
                (arguments, environment) -> {
                    Object sought = arguments.of(name, "value").get("value");
                    return name.equals("count")
                            ? (Object) places(list, sought, environment.budget()).stream()
                                    .count()
                            : (Object) places(list, sought, environment.budget()).stream()
                                    .findFirst()
                                    .orElseThrow(() -> new Refused("index: the list does not hold the value"));
                };
            default -> null;
        };
    }

    private static List<Long> places(Object list, Object sought, StepBudget budget) {
        List<Long> places = new ArrayList<>();
        long at = 0;
        for (Object item : Values.items(list)) {
            if (Operators.equal(item, sought, budget)) {
                places.add(at);
            }
            at++;
        }
        return places;
    }

    /** By a path as {@code function.name} or {@code 0}. */
    static Object path(Object value, Object path, StepBudget budget) {
        if (!(path instanceof String text)) {
            return item(value, path, budget);
        }
        Object at = value;
        for (Object part : PythonText.split(text, ".", -1)) {
            boolean number = part.toString().matches("\\d{1,9}");
            at = item(at, number ? (Object) Long.valueOf(part.toString()) : part, budget);
        }
        return at;
    }
}
