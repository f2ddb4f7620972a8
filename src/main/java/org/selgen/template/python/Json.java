package org.selgen.template.python;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The filter {@code tojson} as Hugging Face has it: Python's {@code json.dumps}, without escapes for HTML. */
final class Json {
    private final StepBudget budget;
    private final boolean ascii;
    private final @Nullable String indent;
    private final String comma;
    private final String colon;
    private final boolean sorted;
    private final StringBuilder out = new StringBuilder();

    private Json(Arguments.Bound arguments, StepBudget budget) {
        this.budget = budget;
        this.ascii = arguments.truth("ensure_ascii");
        Object width = arguments.or("indent", None.NONE);
        this.indent = width == None.NONE
                ? null
                : width instanceof String text
                        ? text
                        : " ".repeat((int) Math.max(0, Math.min(64, arguments.integer("indent"))));
        Object separators = arguments.or("separators", None.NONE);
        boolean given = separators != None.NONE;
        if (given && !(Values.isSequence(separators) && Values.items(separators).size() == 2)) {
            throw new Refused("tojson: separators must be two texts");
        }
        this.comma = given
                ? Values.string(Values.items(separators).get(0), "tojson: separators")
                : indent == null ? ", " : ",";
        this.colon = given ? Values.string(Values.items(separators).get(1), "tojson: separators") : ": ";
        this.sorted = arguments.truth("sort_keys");
    }

    static Object filter(Object value, Arguments arguments, Environment environment) {
        Json json = new Json(
                arguments.of("tojson", "ensure_ascii", "indent", "separators", "sort_keys"), environment.budget());
        json.add(value, "\n");
        return environment.budget().text(json.out.toString());
    }

    private void add(Object value, String newline) {
        budget.enter();
        if (Values.isSequence(value) && !(value instanceof SequenceView)) {
            list(Values.items(value), newline);
        } else if (value instanceof Map) {
            dict(Values.dict(value), newline);
        } else if (value instanceof String text) {
            quote(text);
        } else if (value instanceof SafeText safe) {
            quote(safe.text());
        } else if (value == None.NONE || value instanceof Boolean || value instanceof Long || value instanceof Double) {
            out.append(scalar(value));
        } else {
            throw Refused.type("tojson", value);
        }
        budget.leave();
    }

    private static String scalar(Object value) {
        if (value instanceof Double number) {
            return Double.isNaN(number)
                    ? "NaN"
                    : Double.isInfinite(number) ? (number > 0 ? "Infinity" : "-Infinity") : Repr.of(number);
        }
        return value == None.NONE ? "null" : value.toString();
    }

    private void list(List<Object> items, String newline) {
        String inner = indent == null ? "" : newline + indent;
        String before = "[" + inner;
        for (Object item : items) {
            out.append(before);
            add(item, inner);
            before = comma + inner;
        }
        out.append(items.isEmpty() ? "[]" : indent == null ? "]" : newline + "]");
    }

    private void dict(Map<Object, Object> dict, String newline) {
        String inner = indent == null ? "" : newline + indent;
        String before = "{" + inner;
        for (Map.Entry<Object, Object> entry : (sorted ? sorted(dict) : dict).entrySet()) {
            out.append(before);
            quote(entry.getKey().toString());
            out.append(colon);
            add(entry.getValue(), inner);
            before = comma + inner;
        }
        out.append(dict.isEmpty() ? "{}" : indent == null ? "}" : newline + "}");
    }

    private Map<Object, Object> sorted(Map<Object, Object> dict) {
        Map<Object, Object> sorted = new TreeMap<>((one, other) -> Operators.compare(one, other, budget));
        sorted.putAll(dict);
        return sorted;
    }

    private void quote(String text) {
        budget.characters(text.length());
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int escaped = "\"\\\n\r\t\f\b".indexOf(c);
            if (escaped >= 0) {
                out.append('\\').append("\"\\nrtfb".charAt(escaped));
            } else if (c < 0x20 || (ascii && c > 0x7e)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
