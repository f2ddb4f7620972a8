package org.selgen.template.python;

import java.util.ArrayList;
import java.util.List;

/** Python's elements by number, and {@code [begin:end:step]}. */
public final class Slices {
    private Slices() {}

    /** The element of a text, list or tuple; a negative number counts from the end. */
    static Object item(Object value, long index, StepBudget budget) {
        count(value, budget);
        long length = Values.length(value);
        long at = index < 0 ? index + length : index;
        if (at < 0 || at >= length) {
            return new Undefined(TypeName.of(value) + " has no element " + index);
        }
        if (value instanceof String text) {
            int begin = text.offsetByCodePoints(0, (int) at);
            return Character.toString(text.codePointAt(begin));
        }
        return Values.items(value).get((int) at);
    }

    private static void count(Object value, StepBudget budget) {
        if (value instanceof String text) {
            budget.text(text);
        }
    }

    /** Where a place is None it is not given. */
    public static Object slice(Object value, Object begin, Object end, Object step, StepBudget budget) {
        Undefined.refuse(value);
        if (!(value instanceof String) && !Values.isSequence(value)) {
            throw Refused.type("a slice", value);
        }
        long by = step == None.NONE ? 1 : Values.integer(step, "the step of a slice");
        if (by == 0) {
            throw new Refused("the step of a slice is 0 but must be another number");
        }
        count(value, budget);
        long length = Values.length(value);
        long first = place(begin, by > 0 ? 0 : length - 1, length, by);
        long last = place(end, by > 0 ? length : -1, length, by);
        return value instanceof String text && by == 1
                ? budget.text(part(text, first, Math.max(first, last)))
                : picked(value, first, last, by, budget);
    }

    private static long place(Object given, long otherwise, long length, long by) {
        if (given == None.NONE) {
            return otherwise;
        }
        long place = Values.integer(given, "a place of a slice");
        long counted = place < 0 ? place + length : place;
        return by > 0 ? Math.max(0, Math.min(length, counted)) : Math.max(-1, Math.min(length - 1, counted));
    }

    private static String part(String text, long first, long last) {
        int begin = text.offsetByCodePoints(0, (int) first);
        return text.substring(begin, text.offsetByCodePoints(begin, (int) (last - first)));
    }

    private static Object picked(Object value, long first, long last, long by, StepBudget budget) {
        List<Object> all = value instanceof String ? Values.list(value, budget) : Values.items(value);
        List<Object> picked = new ArrayList<>();
        for (long i = first; by > 0 ? i < last : i > last; i += by) {
            picked.add(all.get((int) i));
            if (by > 0 ? by > last - i : by < last - i) {
                break; // so that the sum cannot overflow
            }
        }
        budget.steps(picked.size());
        if (value instanceof String) {
            StringBuilder text = new StringBuilder();
            picked.forEach(text::append);
            return text.toString();
        }
        return value instanceof Tuple ? new Tuple(picked) : picked;
    }
}
